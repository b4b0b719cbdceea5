//! The request that makes a WebSocket, and who may make it.

use std::net::IpAddr;

use tokio_tungstenite::tungstenite::handshake::client;
use tokio_tungstenite::tungstenite::handshake::server::{Callback, ErrorResponse, Request, Response};
use tokio_tungstenite::tungstenite::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

/// Where a relay is among the pages of a web server.
const PATH: &str = "/ingle";
/// What is spoken over the WebSocket: records within a TLS.
const PROTOCOL: HeaderValue = HeaderValue::from_static("ingle.1");
/// In which a web server in front of the relay names the address that called.
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The request to the relay at `authority`.
pub(super) fn request(authority: &str) -> Option<client::Request> {
    use tokio_tungstenite::tungstenite::client::IntoClientRequest;
    let mut request = format!("wss://{authority}{PATH}").into_client_request().ok()?;
    request.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, PROTOCOL);
    Some(request)
}

/// The relay's answer to a request.
pub(super) struct Answer<'a> {
    /// Takes the address that a web server in front of the relay names. It is the last one in the header: those before it can be
    /// made up by whoever calls.
    pub(super) forwarded: &'a mut Option<IpAddr>,
}

#[allow(clippy::result_large_err, reason = "the library's own error")]
impl Callback for Answer<'_> {
    fn on_request(self, request: &Request, mut response: Response) -> Result<Response, ErrorResponse> {
        if request.uri().path() != PATH || !speaks(request.headers()) {
            let mut refusal = ErrorResponse::new(None);
            *refusal.status_mut() = StatusCode::NOT_FOUND;
            return Err(refusal);
        }
        *self.forwarded = last_address(request.headers());
        response.headers_mut().insert(header::SEC_WEBSOCKET_PROTOCOL, PROTOCOL);
        Ok(response)
    }
}

fn speaks(headers: &HeaderMap) -> bool {
    let offered = headers.get_all(header::SEC_WEBSOCKET_PROTOCOL).iter();
    offered
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|name| name.trim() == PROTOCOL)
}

fn last_address(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all(FORWARDED).iter().next_back()?.to_str().ok()?;
    last.rsplit(',').next()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_address_that_the_nearest_server_saw_counts() {
        let of = |values: &[&'static str]| {
            let mut headers = HeaderMap::new();
            values.iter().for_each(|value| {
                headers.append(FORWARDED, HeaderValue::from_static(value));
            });
            last_address(&headers).map(|address| address.to_string())
        };
        assert_eq!(of(&["192.0.2.1"]).as_deref(), Some("192.0.2.1"));
        assert_eq!(of(&["203.0.113.9, 192.0.2.1"]).as_deref(), Some("192.0.2.1"));
        assert_eq!(of(&["203.0.113.9", " 2001:db8::1 "]).as_deref(), Some("2001:db8::1"));
        for none in [&[][..], &[""], &["192.0.2.1, unknown"], &["192.0.2.1, 192.0.2.2:80"]] {
            assert_eq!(of(none), None, "{none:?}");
        }
    }
}
