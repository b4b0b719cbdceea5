//! What the relay shows of itself, to programs on this machine: figures for Prometheus, and whether it is well. No figure is about
//! a group, a member or an address.

use std::convert::Infallible;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::header::CONTENT_TYPE;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use ingle::relay::server::{Figures, Gauge};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Registry;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use super::Failure;

/// Connections at once.
const CONNECTIONS: usize = 8;
/// How long one may take in all.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long to wait when the system gives no more connections.
const BREATH: Duration = Duration::from_secs(1);
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Takes the port.
///
/// # Errors
/// [`Failure`] if it can't be had.
pub(super) async fn listen(at: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(at).await.map_err(|error| Failure {
        problem: format!("The figures can't be shown at {at}: {error}."),
        hint: "Stop the other program there, or choose another port with --metrics.".into(),
    })
}

/// Answers until it is dropped.
pub(super) async fn serve(listener: TcpListener, gauge: Gauge) {
    let (room, gauge) = (Arc::new(Semaphore::new(CONNECTIONS)), Arc::new(gauge));
    loop {
        let Ok(permit) = room.clone().acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            sleep(BREATH).await;
            continue;
        };
        let gauge = gauge.clone();
        tokio::spawn(async move {
            // Whoever breaks off gets no answer.
            let _ = timeout(PATIENCE, answer(stream, &gauge)).await;
            drop(permit);
        });
    }
}

async fn answer(stream: TcpStream, gauge: &Gauge) -> Result<(), hyper::Error> {
    let service = service_fn(async |request| Ok::<_, Infallible>(page(&request, gauge)));
    http1::Builder::new()
        .timer(TokioTimer::new())
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await
}

fn page<B>(request: &Request<B>, gauge: &Gauge) -> Response<String> {
    let (status, kind, body) = match (request.method(), request.uri().path()) {
        (&Method::GET | &Method::HEAD, "/metrics") => (StatusCode::OK, OPEN_METRICS, text(gauge.read(), tasks())),
        (&Method::GET | &Method::HEAD, "/health") => (StatusCode::OK, "text/plain", "The relay serves.\n".to_owned()),
        _ => (StatusCode::NOT_FOUND, "text/plain", "There is /metrics and /health.\n".to_owned()),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static(kind));
    response
}

/// Tasks that are under way: a few for each connection, and some that stay.
fn tasks() -> u64 {
    tokio::runtime::Handle::try_current().map_or(0, |here| here.metrics().num_alive_tasks() as u64)
}

/// The figures as Prometheus reads them.
fn text(figures: Figures, tasks: u64) -> String {
    let mut registry = Registry::with_prefix("ingle_relay");
    registry.register_collector(Box::new(Shown(figures, tasks)));
    let mut text = String::new();
    // A string takes everything.
    let _ = encode(&mut text, &registry);
    text
}

#[derive(Debug)]
struct Shown(Figures, u64);

impl Collector for Shown {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let Figures {
            rooms,
            members,
            connections,
            handshakes,
            waiting_bytes,
            refused,
            proofs,
            datagrams,
            datagram_bytes,
            stale_frames,
            cut,
            faults,
            owned,
            redirects,
            fenced,
            uptime,
        } = self.0;
        let now: [(&str, &str, u64); 8] = [
            ("rooms", "Groups that are open", rooms),
            ("members", "Members of all groups", members),
            ("connections", "Open connections, with those at doors", connections),
            ("handshakes", "Connections that are just beginning", handshakes),
            ("waiting_bytes", "Bytes of messages that wait for slow members", waiting_bytes),
            ("tasks", "Tasks under way, a few for each connection", self.1),
            ("owned", "Numbers of groups that are this relay's, where it is one of several", owned),
            ("uptime_seconds", "Seconds since the relay was started", uptime),
        ];
        for (name, help, value) in now {
            let gauge = ConstGauge::new(i64::try_from(value).unwrap_or(i64::MAX));
            gauge.encode(encoder.encode_descriptor(name, help, None, gauge.metric_type())?)?;
        }
        let since: [(&str, &str, u64); 9] = [
            ("refused", "Connections refused because their address, or the relay, had too many", refused),
            ("proofs", "Newcomers asked to prove their address first", proofs),
            ("datagrams", "Datagrams sent to members", datagrams),
            ("datagram_bytes", "Bytes of datagrams sent to members", datagram_bytes),
            ("stale_frames", "Frames of voice dropped because the relay had more to do than it could", stale_frames),
            ("cut", "Connections cut because their members read too slowly", cut),
            ("redirects", "Members and newcomers sent to another relay", redirects),
            ("fenced", "Times the relay stood still so long that it had to ask whose its groups are", fenced),
            ("faults", "Faults of the relay, each of which cost one connection", faults),
        ];
        for (name, help, value) in since {
            let counter = ConstCounter::new(value);
            counter.encode(encoder.encode_descriptor(name, help, None, counter.metric_type())?)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn figures_are_named_and_have_no_labels() {
        let text = text(Figures { rooms: 3, datagrams: 70, ..Figures::default() }, 5);
        assert!(
            text.contains("\ningle_relay_rooms 3\n") && text.contains("\ningle_relay_datagrams_total 70\n"),
            "{text}"
        );
        assert!(text.ends_with("# EOF\n") && !text.contains('{'), "{text}");
    }

    #[test]
    fn the_dashboard_shows_every_figure_and_no_other() {
        let names = |text: &'static str| {
            let is_name = |c: char| c.is_ascii_lowercase() || c == '_';
            text.split(move |c| !is_name(c)).filter(|name| name.starts_with("ingle_relay_"))
        };
        let shown: BTreeSet<&str> = names(include_str!("../../../packaging/grafana.json")).collect();
        let figures = text(Figures::default(), 0);
        let known: BTreeSet<&str> =
            figures.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(shown, known);
    }
}
