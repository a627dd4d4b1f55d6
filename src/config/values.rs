//! Values that settings are made of, and how each is read from a text. What a reader refuses, it answers with what it
//! expects.

use std::net::IpAddr;

/// A range of addresses, as in `10.0.0.0/8`; one address is a range of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    /// Reads `10.0.0.0/8`, `2001:db8::/32` or one address; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix.parse::<u8>().ok()?)),
            None => (text, None),
        };
        let address: IpAddr = address.trim().parse().ok()?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.unwrap_or(longest);
        (prefix <= longest).then_some(Self { address, prefix })
    }

    /// Whether `address` is in the range. An IPv4 address written as IPv6 counts as IPv4.
    #[must_use]
    pub fn holds(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.prefix)).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.prefix)).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            _ => false,
        }
    }
}

pub(super) fn listen(text: &str) -> Result<String, String> {
    let good =
        text.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    if good { Ok(text.into()) } else { Err("an address and a port, as in 127.0.0.1:8080".into()) }
}

/// A country's code in capitals.
///
/// # Errors
/// What is expected, if it is none.
pub fn country(text: &str) -> Result<Option<String>, String> {
    if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Ok(Some(text.to_ascii_uppercase()));
    }
    Err("a two-letter country code, as in IR or SA".into())
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// Origins, separated by commas, in lower case.
///
/// # Errors
/// What is expected, if one is none.
pub fn origins(text: &str) -> Result<Vec<String>, String> {
    items(text)
        .map(|item| {
            let origin = item.trim_end_matches('/').to_ascii_lowercase();
            let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
            let good = item == "*" || host.is_some_and(|host| !host.is_empty() && is_host(host));
            if good { Ok(origin) } else { Err("origins, as in https://clinic.example, or `*`".into()) }
        })
        .collect()
}

/// Letters that a host with a port may have; anything else could break out of a header.
pub(super) fn is_host(host: &str) -> bool {
    host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte))
}

pub(super) fn public_url(text: &str) -> Result<Option<String>, String> {
    match origins(text).as_deref() {
        Ok([origin]) if origin != "*" => Ok(Some(origin.clone())),
        _ => Err("an address without a path, as in https://chat.clinic.example".into()),
    }
}

pub(super) fn networks(text: &str) -> Result<Vec<Network>, String> {
    items(text)
        .map(|item| Network::parse(item).ok_or_else(|| "addresses or ranges, as in 10.0.0.0/8".into()))
        .collect()
}
