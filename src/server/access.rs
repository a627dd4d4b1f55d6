//! Who is at the other end: the address behind trusted proxies, and the web page that connects.

use std::net::IpAddr;

use axum::http::{HeaderMap, HeaderValue, header};

use crate::config::Access;

/// The client's address: the peer's, unless that is a trusted proxy; then the nearest address in
/// `X-Forwarded-For` that is none. What stands further left was written by the client and proves nothing.
#[must_use]
pub fn client_address(access: &Access, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let trusted = |address: IpAddr| access.trusted_proxies.iter().any(|network| network.holds(address));
    if !trusted(peer) {
        return peer;
    }
    let mut nearest = peer;
    let lines: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        let Some(address) = hop_address(hop.trim()) else { break };
        nearest = address;
        if !trusted(address) {
            break;
        }
    }
    nearest
}

/// An address, with or without a port.
fn hop_address(hop: &str) -> Option<IpAddr> {
    hop.parse().ok().or_else(|| hop.parse().ok().map(|with_port: std::net::SocketAddr| with_port.ip()))
}

/// Whether the browser reached this server over TLS: the settings say so, or a trusted proxy does.
#[must_use]
pub fn is_secure(access: &Access, peer: IpAddr, headers: &HeaderMap) -> bool {
    if access.public_url.as_deref().is_some_and(|url| url.starts_with("https://")) {
        return true;
    }
    let trusted = access.trusted_proxies.iter().any(|network| network.holds(peer));
    let proto = headers.get("x-forwarded-proto").and_then(|value| value.to_str().ok());
    trusted && proto.is_some_and(|proto| proto.trim().eq_ignore_ascii_case("https"))
}

/// What the `Origin` header says about who connects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// No browser.
    None,
    /// A page of this server.
    Own,
    /// A page that the settings allow.
    Allowed(HeaderValue),
    /// Any other page.
    Foreign,
}

impl Origin {
    /// Reads the headers of a request.
    #[must_use]
    pub fn of(allowed_origins: &[String], headers: &HeaderMap) -> Self {
        let Some(value) = headers.get(header::ORIGIN) else { return Origin::None };
        let Ok(origin) = value.to_str() else { return Origin::Foreign };
        let origin = origin.to_ascii_lowercase();
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        // Behind a proxy that ends TLS the scheme here is not the page's, so hosts are compared.
        let page = origin.split_once("://").map(|(_, host)| host);
        if page.is_some_and(|page| !page.is_empty() && page.eq_ignore_ascii_case(host)) {
            return Origin::Own;
        }
        if allowed_origins.iter().any(|allowed| allowed == "*" || *allowed == origin) {
            return Origin::Allowed(value.clone());
        }
        Origin::Foreign
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Network;

    #[test]
    fn addresses_are_taken_only_from_trusted_proxies() {
        let access = Access {
            trusted_proxies: ["10.0.0.0/8", "::1"].iter().filter_map(|text| Network::parse(text)).collect(),
            ..Access::default()
        };
        for (peer, forwarded, client) in [
            ("8.8.8.8", "1.1.1.1", "8.8.8.8"),
            ("10.0.0.1", "1.1.1.1", "1.1.1.1"),
            ("10.0.0.1", "6.6.6.6, 1.1.1.1", "1.1.1.1"),
            ("10.0.0.1", "6.6.6.6, 1.1.1.1, 10.0.0.2", "1.1.1.1"),
            ("10.0.0.1", "1.1.1.1:4711", "1.1.1.1"),
            ("10.0.0.1", "", "10.0.0.1"),
            ("10.0.0.1", "1.1.1.1, nonsense", "10.0.0.1"),
            ("::1", "10.0.0.9", "10.0.0.9"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", forwarded.parse().expect("a header"));
            let found = client_address(&access, peer.parse().expect("an address"), &headers);
            assert_eq!(found.to_string(), client, "{peer} {forwarded}");
        }
    }

    #[test]
    fn pages_are_told_apart() {
        let check = |allowed: &str, origin: &str, expected: Origin| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("chat.example:8080"));
            if !origin.is_empty() {
                headers.insert(header::ORIGIN, origin.parse().expect("a header"));
            }
            assert_eq!(Origin::of(&[allowed.to_owned()], &headers), expected, "{origin}");
        };
        check("https://a.example", "", Origin::None);
        check("https://a.example", "http://chat.example:8080", Origin::Own);
        check("https://a.example", "https://chat.example:8080", Origin::Own);
        check("https://a.example", "https://chat.example", Origin::Foreign);
        check("https://a.example", "null", Origin::Foreign);
        check("https://a.example", "http://a.example", Origin::Foreign);
        check("https://a.example", "https://a.example.evil.example", Origin::Foreign);
        let allowed = Origin::Allowed(HeaderValue::from_static("https://A.example"));
        check("https://a.example", "https://A.example", allowed);
        check("*", "null", Origin::Allowed(HeaderValue::from_static("null")));
    }
}
