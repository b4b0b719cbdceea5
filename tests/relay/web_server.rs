//! A relay behind a web server that ends the TLS of a domain: the relay is known by its own key all the same.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use ingle::relay::server::Listen;
use ingle::transport::Carrier;
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::support::{Member, relay, run};

const LOOPBACK: ([u8; 4], u16) = ([127, 0, 0, 1], 0);

/// A web server with a certificate of its own, which passes everything on and says that this address has called.
async fn web_server(relay: SocketAddr, caller: &'static str) -> SocketAddr {
    let made = rcgen::generate_simple_self_signed(["domain.invalid".to_owned()]).expect("a certificate");
    let key = rustls::pki_types::PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()).into();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("a certificate");
    let (acceptor, listener) =
        (TlsAcceptor::from(Arc::new(tls)), TcpListener::bind("127.0.0.1:0").await.expect("a port"));
    let at = listener.local_addr().expect("bound");
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                let mut head = vec![0; 8192];
                let length = stream.read(&mut head).await.expect("a request");
                let head = String::from_utf8_lossy(&head[..length]).into_owned();
                let head = head.replacen("\r\n", &format!("\r\nX-Forwarded-For: {caller}\r\n"), 1);
                let mut passed = TcpStream::connect(relay).await.expect("taken");
                passed.write_all(head.as_bytes()).await.expect("taken");
                // Either side may end it.
                let _ = copy_bidirectional(&mut stream, &mut passed).await;
            });
        }
    });
    at
}

#[test]
fn a_relay_behind_a_web_server_is_known_by_its_own_key() {
    run(async {
        let mut relay = relay();
        let behind = relay.listen_behind_proxy(&Listen::from(SocketAddr::from(LOOPBACK))).expect("a port");
        let at = web_server(behind, "203.0.113.9, 198.51.100.7").await;
        let member = Member::host_at(&at.to_string()).await;
        assert_eq!(member.link.carrier(), Carrier::WebSocket);
        assert_eq!(member.link.fingerprint(), relay.fingerprint());
    });
}

/// Ended in good order when dropped, with its worker.
struct Nginx(Child);

impl Drop for Nginx {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

#[test]
#[ignore = "starts nginx; `make soak` runs it"]
fn nginx_passes_members_on() {
    let dir = tempfile::tempdir().expect("a directory");
    let made = rcgen::generate_simple_self_signed(["domain.invalid".to_owned()]).expect("a certificate");
    let path = |name: &str| dir.path().join(name).display().to_string();
    std::fs::write(path("cert.pem"), made.cert.pem()).expect("written");
    std::fs::write(path("key.pem"), made.signing_key.serialize_pem()).expect("written");
    run(async {
        let mut relay = relay();
        let behind = relay.listen_behind_proxy(&Listen::from(SocketAddr::from(LOOPBACK))).expect("a port");
        // A port that was free a moment ago.
        let at = TcpListener::bind("127.0.0.1:0").await.expect("a port").local_addr().expect("bound");
        let conf = format!(
            "daemon off; error_log stderr; pid {pid}; events {{}}\nhttp {{ access_log off; client_body_temp_path {dir}/b; \
             proxy_temp_path {dir}/p; fastcgi_temp_path {dir}/f; uwsgi_temp_path {dir}/u; scgi_temp_path {dir}/s;\n\
             server {{ listen {at} ssl; ssl_certificate {cert}; ssl_certificate_key {key};\n\
             location /ingle {{ proxy_pass http://{behind}; proxy_http_version 1.1; proxy_read_timeout 1h;\n\
             proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;\n\
             proxy_set_header X-Forwarded-For $remote_addr; }} }} }}\n",
            pid = path("pid"),
            dir = dir.path().display(),
            cert = path("cert.pem"),
            key = path("key.pem"),
        );
        std::fs::write(path("conf"), conf).expect("written");
        let mut command = Command::new("nginx");
        command
            .args(["-p", &dir.path().display().to_string(), "-c", &path("conf")])
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let _nginx = match command.spawn() {
            Ok(nginx) => Nginx(nginx),
            Err(error) => return println!("skipped: nginx can't be started: {error}"),
        };
        while TcpStream::connect(at).await.is_err() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let member = Member::host_at(&at.to_string()).await;
        assert_eq!((member.link.carrier(), member.link.fingerprint()), (Carrier::WebSocket, relay.fingerprint()));
        member.link.close().await;
    });
}
