use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use super::*;

fn load(
    flags: &[(&'static str, &str)],
    variables: &[(&str, &str)],
    file: &str,
) -> Result<Settings, ConfigError> {
    let flags = flags.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
    let environment: BTreeMap<String, String> =
        variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Settings::from_layers(Layers::new(flags, environment, Some((Path::new("set/mujib.toml"), file))))
}

/// The settings are refused, and what is said holds every one of `words`.
fn check_refused(variables: &[(&str, &str)], file: &str, words: &[&str]) {
    let said = load(&[], variables, file).err().map(|error| error.to_string()).unwrap_or_default();
    for word in words {
        assert!(said.contains(word), "{word:?} is not in {said:?}");
    }
}

#[test]
fn works_with_nothing_set() {
    let settings = load(&[], &[], "").expect("defaults are right");
    assert_eq!(settings.listen, "127.0.0.1:8080");
    assert_eq!(settings.folders.data, Path::new("data"));
    assert!(settings.limits.enabled);
    assert_eq!(settings.limits.text_chars, 4000);
    assert_eq!(settings.store.retention_days, 30);
}

#[test]
fn the_widget_is_dressed() {
    let file =
        "[widget]\nname_ar = 'عيادة'\naccent = '#0B7A75'\nlogo = '/logo.svg'\nphone = '+98 (21) 555-0100'";
    let widget = load(&[], &[("MUJIB_WIDGET_NAME_FA", "کلینیک")], file).expect("right").widget;
    assert_eq!((widget.name_ar.as_deref(), widget.name_fa.as_deref()), (Some("عيادة"), Some("کلینیک")));
    assert_eq!(widget.accent.as_deref(), Some("#0b7a75"));
    assert_eq!(load(&[], &[], "").expect("right").widget, Widget::default());
    for (key, value, words) in [
        ("widget.name_ar", "ا".repeat(61), "60 characters"),
        ("widget.accent", "red".into(), "#0b7a75"),
        ("widget.accent", "#0b7a7g".into(), "#0b7a75"),
        ("widget.logo", "javascript:alert(1)".into(), "https://clinic.example/logo.svg"),
        ("widget.logo", "//evil.example/x".into(), "https://clinic.example/logo.svg"),
        ("widget.phone", "call me".into(), "telephone number"),
    ] {
        let variable = variable(key);
        check_refused(&[(variable.as_str(), value.as_str())], "", &[key, words]);
    }
}

#[test]
fn flags_beat_variables_beat_the_file() {
    let file = "listen = '1.1.1.1:1'\ndata = 'd'\ncountry = 'ir'\n[limits]\ntext_chars = 10";
    let settings = load(
        &[("listen", "3.3.3.3:3")],
        &[("MUJIB_LISTEN", "2.2.2.2:2"), ("MUJIB_LIMITS_TEXT_CHARS", "20"), ("MUJIB_COUNTRY", "")],
        file,
    )
    .expect("right");
    assert_eq!(settings.listen, "3.3.3.3:3");
    assert_eq!(settings.limits.text_chars, 20);
    assert_eq!(settings.country.as_deref(), Some("IR"));
    assert_eq!(settings.folders.data, Path::new("set/d"), "relative to the file");
}

#[test]
fn problems_name_the_setting_its_place_and_the_way_out() {
    check_refused(&[], "lisen = 'x'", &["set/mujib.toml", "`lisen`", "did you mean `listen`?"]);
    check_refused(&[], "[limits]\ntext_char = 1", &["limits.text_char", "limits.text_chars"]);
    check_refused(&[("MUJIB_LIMITS", "never")], "", &["limits.enabled", "MUJIB_LIMITS", "`on` or `off`"]);
    check_refused(&[("MUJIB_LISTEN", "8080")], "", &["listen", "MUJIB_LISTEN", "127.0.0.1:8080"]);
    check_refused(&[], "country = 'Iran'", &["country", "two-letter"]);
    check_refused(&[], "listen = [1]", &["listen", "must be a string"]);
    check_refused(&[], "listen = ", &["set/mujib.toml"]);
    check_refused(
        &[("MUJIB_LIMITS_TEXT_CHARS", "x"), ("MUJIB_LOG_FORMAT", "xml")],
        "",
        &["limits.text_chars", "log.format"],
    );
    check_refused(&[("MUJIB_ALLOWED_ORIGINS", "clinic.example")], "", &["https://clinic.example"]);
    check_refused(&[("MUJIB_TRUSTED_PROXIES", "10.0.0.0/99")], "", &["trusted_proxies"]);
}

#[test]
fn settings_are_checked_together() {
    check_refused(&[("MUJIB_LIMITS_FRAME_BYTES", "2000")], "", &["limits.frame_bytes", "16512"]);
    check_refused(&[("MUJIB_LIMITS_MESSAGES_PER_MINUTE_ADDRESS", "3")], "", &["messages_per_minute"]);
    check_refused(&[("MUJIB_LIMITS_CONNECTIONS", "3")], "", &["connections_per_address"]);
    check_refused(&[("MUJIB_LIMITS_IDLE_SECONDS", "3")], "", &["socket.ping_seconds"]);
}

#[test]
fn limits_off_lifts_them_all() {
    let settings =
        load(&[], &[("MUJIB_LIMITS", "off"), ("MUJIB_LIMITS_TEXT_CHARS", "5")], "").expect("right");
    assert!(!settings.limits.enabled);
    assert!(!settings.limits.too_long(&"ا".repeat(100_000)));
    assert!(settings.limits.idle > Duration::from_secs(86_400));
}

#[test]
fn a_misspelt_variable_is_told() {
    let settings = load(&[], &[("MUJIB_LISTN", "x")], "").expect("only a warning");
    assert!(settings.warnings.iter().any(|warning| warning.contains("MUJIB_LISTEN")));
}

#[test]
fn characters_are_counted_not_bytes() {
    let limits = Limits { text_chars: 3, ..Limits::off() };
    assert!(!limits.too_long("سبب"));
    assert!(limits.too_long("أسبا"));
}

#[test]
fn networks_hold_their_addresses() {
    for (network, address, held) in [
        ("10.0.0.0/8", "10.9.8.7", true),
        ("10.0.0.0/8", "11.0.0.1", false),
        ("0.0.0.0/0", "8.8.8.8", true),
        ("127.0.0.1", "127.0.0.1", true),
        ("127.0.0.1", "::ffff:127.0.0.1", true),
        ("2001:db8::/32", "2001:db8:1::1", true),
        ("2001:db8::/32", "10.0.0.1", false),
    ] {
        let network = Network::parse(network).expect("a network");
        assert_eq!(network.holds(address.parse().expect("an address")), held, "{network:?} {address}");
    }
    assert_eq!(Network::parse("10.0.0.0/33"), None);
}
