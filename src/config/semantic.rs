//! The settings of the semantic signal. Without an endpoint there is none, and nothing of it runs.

use std::fmt;
use std::fs;
use std::time::Duration;

use hyper::Uri;

use super::layers::Layers;

/// Where and how texts are embedded.
#[derive(Debug, Clone)]
pub struct Semantic {
    /// An address that takes OpenAI's embedding requests, over `http` or `https`.
    pub endpoint: Uri,
    /// The model that is asked for; left out of the request if `None`, so that the server takes its own.
    pub model: Option<String>,
    /// The key that is presented as a bearer token.
    pub key: Option<Key>,
    /// How long a reply may wait for its question's vector.
    pub timeout: Duration,
    /// Put before every question, as some models were trained (`query: `); spaces count.
    pub query_prefix: String,
    /// Put before every text of the knowledge; spaces count.
    pub passage_prefix: String,
}

/// A secret: it is in no message, no log and no debug output.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl Key {
    /// The key itself, for the one header that carries it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// The settings, `None` without an endpoint; what is wrong goes to the layers' problems.
pub(super) fn read(layers: &mut Layers) -> Option<Semantic> {
    let endpoint = layers.read("semantic.endpoint", None, |text| endpoint(text).map(Some));
    let timeout = Duration::from_millis(layers.number("semantic.timeout_ms", 150, 1, 60_000));
    let model = layers.read("semantic.model", None, |text| Ok(Some(text.to_owned())));
    // Not trimmed: the space behind «query:» is part of it.
    let prefix = |key| layers.find(key).map(|found| found.text).unwrap_or_default();
    let (query_prefix, passage_prefix) = (prefix("semantic.query_prefix"), prefix("semantic.passage_prefix"));
    let key = key(layers);
    Some(Semantic { endpoint: endpoint?, model, key, timeout, query_prefix, passage_prefix })
}

/// From `MUJIB_SEMANTIC_KEY`, else from the file that is named. It cannot stand in `mujib.toml`, which is shown
/// around more easily than a file of its own.
fn key(layers: &mut Layers) -> Option<Key> {
    let expected = "one line of printable ASCII";
    if let Some(text) = layers.secret("semantic.key") {
        let key = Key::new(&text);
        if key.is_none() {
            layers.problems.push(format!("MUJIB_SEMANTIC_KEY: expected {expected}"));
        }
        return key;
    }
    layers.find("semantic.key_file")?;
    let path = layers.path("semantic.key_file", "");
    let problem = match fs::read_to_string(&path).map(|text| Key::new(&text)) {
        Ok(Some(key)) => return Some(key),
        Ok(None) => format!("expected {expected}"),
        Err(error) => error.to_string(),
    };
    layers
        .problems
        .push(format!("semantic.key_file: {}: {problem}; correct the path or the file", path.display()));
    None
}

fn endpoint(text: &str) -> Result<Uri, String> {
    let expected =
        || "an address, as in http://127.0.0.1:8000/v1/embeddings, without user or password".to_owned();
    let uri: Uri = text.parse().map_err(|_| expected())?;
    let known = matches!(uri.scheme_str(), Some("http" | "https"));
    let plain = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    if known && plain && uri.path().len() > 1 { Ok(uri) } else { Err(expected()) }
}

impl Semantic {
    /// What the operator should hear of at start, if anything.
    pub(super) fn warning(&self) -> Option<String> {
        let host = self.endpoint.host().unwrap_or_default();
        let local = matches!(host, "localhost" | "[::1]") || host.starts_with("127.");
        (self.endpoint.scheme_str() == Some("http") && !local).then(|| {
            "semantic.endpoint is on another machine and not https: what patients write can be read on the way"
                .to_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;

    const HERE: &str = "http://127.0.0.1:8000/v1/embeddings";

    fn layers(variables: &[(&str, &str)], file: &str) -> Layers {
        let environment = variables.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        Layers::new(BTreeMap::new(), environment, Some((Path::new("set/mujib.toml"), file)))
    }

    #[test]
    fn off_without_an_endpoint() {
        assert!(read(&mut layers(&[("MUJIB_SEMANTIC_TIMEOUT_MS", "20")], "")).is_none());
    }

    #[test]
    fn everything_set() {
        let file = format!("[semantic]\nendpoint = '{HERE}'\nmodel = 'm'\nquery_prefix = 'query: '");
        let mut layers =
            layers(&[("MUJIB_SEMANTIC_KEY", " s3cret\n"), ("MUJIB_SEMANTIC_TIMEOUT_MS", "20")], &file);
        let read = read(&mut layers).unwrap();
        assert_eq!(layers.problems, Vec::<String>::new());
        assert_eq!((read.endpoint.to_string().as_str(), read.model.as_deref()), (HERE, Some("m")));
        assert_eq!((read.timeout, read.query_prefix.as_str()), (Duration::from_millis(20), "query: "));
        assert_eq!(read.key.as_ref().map(Key::reveal), Some("s3cret"));
        assert!(!format!("{read:?}").contains("s3cret"), "{read:?}");
    }

    #[test]
    fn a_key_of_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        fs::write(&path, "s3cret\n").unwrap();
        let mut layers = layers(
            &[("MUJIB_SEMANTIC_ENDPOINT", HERE), ("MUJIB_SEMANTIC_KEY_FILE", path.to_str().unwrap())],
            "",
        );
        assert_eq!(read(&mut layers).unwrap().key.as_ref().map(Key::reveal), Some("s3cret"));
    }

    #[test]
    fn what_is_wrong_is_said_without_the_key() {
        for (name, value, words) in [
            ("MUJIB_SEMANTIC_ENDPOINT", "127.0.0.1:8000", "as in http://127.0.0.1:8000/v1/embeddings"),
            ("MUJIB_SEMANTIC_ENDPOINT", "http://127.0.0.1:8000", "/v1/embeddings"),
            ("MUJIB_SEMANTIC_ENDPOINT", "http://me:s3cret@127.0.0.1/v1/embeddings", "without user"),
            ("MUJIB_SEMANTIC_ENDPOINT", "ftp://127.0.0.1/v1/embeddings", "semantic.endpoint"),
            ("MUJIB_SEMANTIC_TIMEOUT_MS", "0", "semantic.timeout_ms"),
            ("MUJIB_SEMANTIC_KEY", "s3cret s3cret", "MUJIB_SEMANTIC_KEY"),
            ("MUJIB_SEMANTIC_KEY_FILE", "/no/such/file", "semantic.key_file: /no/such/file"),
        ] {
            let mut layers = layers(&[(name, value)], "");
            let _none = read(&mut layers);
            let said = layers.problems.join("\n");
            assert!(said.contains(words) && !said.contains("s3cret"), "{name}={value}: {said:?}");
        }
        let mut layers = layers(&[], "[semantic]\nkey = 's3cret'");
        let _none = read(&mut layers);
        assert!(layers.problems.join("\n").contains("semantic.key_file"), "{:?}", layers.problems);
        assert!(!layers.problems.join("\n").contains("s3cret"));
    }

    #[test]
    fn another_machine_in_the_clear_is_told() {
        for (endpoint, told) in [
            (HERE, false),
            ("http://localhost:1/e", false),
            ("http://[::1]:1/e", false),
            ("https://models.example/v1/embeddings", false),
            ("http://models.example/v1/embeddings", true),
        ] {
            let read = read(&mut layers(&[("MUJIB_SEMANTIC_ENDPOINT", endpoint)], "")).unwrap();
            assert_eq!(read.warning().is_some(), told, "{endpoint}");
        }
    }
}
