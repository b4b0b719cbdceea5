//! The relay's end of the handshakes of one connection.

use std::net::IpAddr;

use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_tungstenite::accept_hdr_async_with_config;

use super::byte_stream::{ByteStream, Duplex};
use super::counted::Counted;
use super::line::{Line, Reader, Writer};
use super::{settings, upgrade};
use crate::transport::identity::Identity;
use crate::transport::settings::SettingsError;

/// What it takes to answer.
pub(crate) struct Acceptor {
    outer: TlsAcceptor,
    inner: TlsAcceptor,
}

/// A connection that has asked for a WebSocket and for nothing else yet.
pub(crate) struct Upgraded {
    socket: ByteStream,
    counts: std::sync::Arc<super::counted::Counts>,
    /// The address that a web server in front of the relay says has called.
    pub(crate) forwarded: Option<IpAddr>,
}

impl Acceptor {
    /// For a relay with this key.
    ///
    /// # Errors
    /// [`SettingsError`] if this machine can't do it.
    pub(crate) fn new(identity: &Identity) -> Result<Self, SettingsError> {
        let [outer, inner] = settings::relays(identity)?;
        Ok(Self { outer, inner })
    }

    /// Answers up to the WebSocket. With `bare` there is no outer TLS, because a web server in front of the relay has ended it.
    /// `None` if the other side wants something else.
    pub(crate) async fn upgrade(&self, stream: TcpStream, bare: bool) -> Option<Upgraded> {
        settings::tune(&stream);
        let (stream, counts) = Counted::new(stream);
        let stream: Box<dyn Duplex> = match bare {
            true => Box::new(stream),
            false => Box::new(self.outer.accept(stream).await.ok()?),
        };
        let mut forwarded = None;
        let answer = upgrade::Answer { forwarded: &mut forwarded };
        let socket = accept_hdr_async_with_config(stream, answer, Some(settings::websocket())).await.ok()?;
        Some(Upgraded { socket: ByteStream::new(socket), counts, forwarded })
    }

    /// Answers the inner TLS. `None` if the other side doesn't speak as this relay does.
    pub(crate) async fn line(&self, upgraded: Upgraded) -> Option<(Line, Reader, Writer)> {
        let Upgraded { socket, counts, .. } = upgraded;
        let inner = self.inner.accept(socket).await.ok()?;
        Some(Line::over(Box::new(inner), counts))
    }
}
