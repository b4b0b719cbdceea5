//! The way through a web proxy that takes `CONNECT` (RFC 9110, section 9.3.6), where the environment names one.

use std::io;
use std::time::Duration;

use hyper_util::client::proxy::matcher::Matcher;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::http::{HeaderValue, Uri, uri::Scheme};

use super::settings;

/// Most bytes of the head of a proxy's answer, and most headers in it.
const HEAD: usize = 8 * 1024;
const HEADERS: usize = 64;
/// How long a proxy may take to reach the relay.
const PATIENCE: Duration = Duration::from_secs(5);
/// The port of a proxy that names none.
const PORT: u16 = 80;

/// A proxy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proxy {
    host: String,
    port: u16,
    authorization: Option<HeaderValue>,
}

impl Proxy {
    /// The proxy for a relay at `target`, `NAME:PORT`, that the environment names: `HTTPS_PROXY` or `ALL_PROXY`, unless `NO_PROXY`
    /// exempts the relay. Only one that is spoken to in plain HTTP is of use.
    pub(super) fn of_environment(target: &str) -> Option<Self> {
        Self::of(&Matcher::from_env(), target)
    }

    fn of(matcher: &Matcher, target: &str) -> Option<Self> {
        let target: Uri = format!("https://{target}/").parse().ok()?;
        let found = matcher.intercept(&target)?;
        let uri = found.uri();
        if uri.scheme() != Some(&Scheme::HTTP) {
            return None;
        }
        let host = uri.host()?.trim_start_matches('[').trim_end_matches(']').to_owned();
        let authorization = found.basic_auth().cloned();
        Some(Self { host, port: uri.port_u16().unwrap_or(PORT), authorization })
    }

    /// A TCP connection through the proxy to `target`, `NAME:PORT`.
    ///
    /// # Errors
    /// The system's error, or that the proxy doesn't want to, or answers something else than HTTP.
    pub(super) async fn connect(&self, target: &str) -> io::Result<TcpStream> {
        let opened = async {
            let mut stream = self.reach().await?;
            let mut request = format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n").into_bytes();
            if let Some(authorization) = &self.authorization {
                request.extend([b"Proxy-Authorization: ", authorization.as_bytes(), b"\r\n"].concat());
            }
            request.extend(b"\r\n");
            stream.write_all(&request).await?;
            answered(&mut stream).await?;
            Ok(stream)
        };
        timeout(PATIENCE, opened).await.map_err(|_| io::ErrorKind::TimedOut)?
    }

    /// A TCP connection to the proxy itself, at the first of its addresses that takes one.
    async fn reach(&self) -> io::Result<TcpStream> {
        let mut failed = io::Error::from(io::ErrorKind::AddrNotAvailable);
        for address in lookup_host((self.host.as_str(), self.port)).await? {
            match settings::connect(address).await {
                Ok(stream) => return Ok(stream),
                Err(error) => failed = error,
            }
        }
        Err(failed)
    }
}

/// Reads the head of the answer. The relay says nothing before it is spoken to, so nothing may follow.
async fn answered(stream: &mut TcpStream) -> io::Result<()> {
    let mut head = Vec::new();
    while head.len() < HEAD {
        let mut bytes = [0; 1024];
        let length = stream.read(&mut bytes).await?;
        if length == 0 {
            break;
        }
        head.extend_from_slice(&bytes[..length]);
        let mut headers = [httparse::EMPTY_HEADER; HEADERS];
        let mut response = httparse::Response::new(&mut headers);
        match response.parse(&head) {
            Ok(httparse::Status::Complete(end)) => {
                let taken = response.code.is_some_and(|code| (200..300).contains(&code)) && end == head.len();
                return if taken { Ok(()) } else { Err(io::ErrorKind::ConnectionRefused.into()) };
            }
            Ok(httparse::Status::Partial) => {}
            Err(_) => break,
        }
    }
    Err(io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use tokio::net::TcpListener;

    use super::*;

    /// What a proxy that answers this is told, and what becomes of it.
    async fn ask(answer: &[u8]) -> (String, io::Result<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let matcher = Matcher::builder().all(format!("http://ana:let%20me@127.0.0.1:{port}")).build();
        let proxy = Proxy::of(&matcher, "relay.example.org:4433").expect("named");
        let answering = async {
            let (mut stream, _) = listener.accept().await.expect("called");
            let mut told = vec![0; 4096];
            let length = stream.read(&mut told).await.expect("told");
            // It may have been enough already.
            let _ = stream.write_all(answer).await;
            told.truncate(length);
            String::from_utf8(told).expect("text")
        };
        let (told, outcome) = tokio::join!(answering, proxy.connect("relay.example.org:4433"));
        (told, outcome.map(|_| ()))
    }

    #[tokio::test]
    async fn a_proxy_is_asked_with_the_password_from_its_address() {
        let (told, outcome) = ask(b"HTTP/1.1 200 Connection established\r\nVia: 1.1 x\r\n\r\n").await;
        outcome.expect("taken");
        assert!(told.starts_with("CONNECT relay.example.org:4433 HTTP/1.1\r\nHost: relay.example.org:4433\r\n"));
        assert!(told.contains("\r\nProxy-Authorization: Basic YW5hOmxldCBtZQ==\r\n"), "{told}");
        assert!(told.ends_with("\r\n\r\n"));
    }

    #[tokio::test]
    async fn a_proxy_that_refuses_or_talks_nonsense_is_given_up() {
        let endless = [b"HTTP/1.1 200 OK\r\nX: ".to_vec(), vec![b'a'; 64 * 1024]].concat();
        let many = [b"HTTP/1.1 200 OK\r\n".to_vec(), b"A: b\r\n".repeat(HEADERS + 1), b"\r\n".to_vec()].concat();
        let early = b"HTTP/1.1 200 OK\r\n\r\nalready";
        for answer in [b"HTTP/1.1 407 No\r\n\r\n".as_slice(), b"SSH-2.0-x\r\n", b"", early, &endless, &many] {
            let (_, outcome) = ask(answer).await;
            assert!(outcome.is_err(), "{}", String::from_utf8_lossy(&answer[..answer.len().min(40)]));
        }
    }

    #[test]
    fn proxies_of_other_kinds_and_exempt_relays_go_without() {
        let of = |proxy: &str, no: &str| {
            let matcher = Matcher::builder().https(proxy.to_owned()).no(no.to_owned()).build();
            Proxy::of(&matcher, "relay.example.org:4433").map(|proxy| (proxy.host, proxy.port))
        };
        assert_eq!(of("http://proxy.lan:3128", ""), Some(("proxy.lan".to_owned(), 3128)));
        assert_eq!(of("proxy.lan", ""), Some(("proxy.lan".to_owned(), 80)));
        assert_eq!(of("http://proxy.lan:3128", "example.org"), None);
        assert_eq!(of("socks5://proxy.lan:1080", ""), None);
        assert_eq!(of("https://proxy.lan:3128", ""), None);
        assert_eq!(of("", ""), None);
    }
}
