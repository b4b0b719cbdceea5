//! From where the relay in this process can be reached: a port of the router's, and a test from outside.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use tokio::sync::{Notify, mpsc};
use tokio::time::sleep;

use crate::app::Outside;
use crate::reach::is_global;
use crate::reach::router::Opened;
use crate::session::Reach;
use crate::transport::probe::{self, Awaited, Tested};
use crate::transport::{Dial, MOST_WAYS};

/// What is to be found out.
pub(super) struct Question {
    /// Where others on this network reach the relay.
    pub(super) ways: Vec<SocketAddr>,
    /// The relay's UDP port.
    pub(super) port: u16,
    /// Whether the router is to be asked for a port.
    pub(super) ask_router: bool,
    /// The relay that looks on from outside.
    pub(super) onlooker: Option<Dial>,
    pub(super) awaited: Arc<Awaited>,
}

/// Finds out who can reach the relay, tells it, and keeps the router's port until `end`; then gives it back.
pub(super) async fn attend(question: Question, tell: mpsc::Sender<Outside>, end: Arc<Notify>) {
    let mut opened = None;
    tokio::select! {
        () = end.notified() => {}
        () = keep(&question, &tell, &mut opened) => {}
    }
    if let Some(opened) = opened {
        opened.give_back().await;
    }
}

/// Never returns.
async fn keep(question: &Question, tell: &mpsc::Sender<Outside>, opened: &mut Option<Opened>) {
    let mut told = None;
    loop {
        if opened.is_none() && question.ask_router {
            *opened = ask(question).await;
        }
        let outside = opened.as_ref().and_then(Opened::outside);
        let port = outside.map_or(question.port, |outside| outside.port());
        // What a port leads to once, it leads to as long as it is the same.
        if told != Some(outside) {
            told = Some(outside);
            let tested = match &question.onlooker {
                Some(onlooker) => probe::test(onlooker, port, &question.awaited).await,
                None => vec![],
            };
            // Whoever ends the session has seen enough.
            let _ = tell.send(judge(&question.ways, outside, &tested, question.port)).await;
        }
        let Some(due) = opened.as_ref().map(Opened::due) else { return std::future::pending().await };
        sleep(due).await;
        // Without it in hand it can't be given back, so it is out of hand only as long as the router takes.
        if let Some(before) = opened.take() {
            *opened = before.renew().await;
        }
    }
}

async fn ask(question: &Question) -> Option<Opened> {
    let own = question.ways.iter().find_map(|way| match way.ip() {
        IpAddr::V4(own) if !is_global(own.into()) => Some(own),
        IpAddr::V4(_) | IpAddr::V6(_) => None,
    })?;
    Opened::ask(own, question.port).await
}

/// From where a relay can be reached that has these ways on its network and this one outside of it, after these tests.
fn judge(ways: &[SocketAddr], outside: Option<SocketAddr>, tested: &[Tested], port: u16) -> Outside {
    let proven = |way: &SocketAddr| tested.iter().any(|test| test.arrived && test.is_ipv4 == way.is_ipv4());
    let refuted = |way: &SocketAddr| tested.iter().any(|test| !test.arrived && test.is_ipv4 == way.is_ipv4());
    let mut all: Vec<SocketAddr> = outside.into_iter().chain(ways.iter().copied()).collect();
    let global = |way: &SocketAddr| is_global(way.ip());
    // What was shown to lead nowhere from outside still leads here from within, and comes last.
    all.sort_by_key(|way| (global(way) && refuted(way), !(global(way) && proven(way))));
    all.truncate(MOST_WAYS);
    let everybody = tested.iter().any(|test| test.arrived);
    let perhaps = all.iter().any(|way| global(way) && !refuted(way));
    let reach = match (everybody, perhaps) {
        (true, _) => Reach::Everybody,
        (false, true) => Reach::Untested,
        (false, false) => Reach::Network { tested: !tested.is_empty(), port },
    };
    let advertised = all.into_iter().map(Dial::written).collect::<Vec<_>>().join(",");
    Outside { advertised, reach }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> SocketAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn everybody_is_said_after_a_test_and_the_best_way_is_first() {
        let home = [at("192.168.1.5:4433")];
        let router = Some(at("203.0.113.9:4433"));
        let test = |is_ipv4, arrived| Tested { is_ipv4, arrived };
        let judged = |ways: &[SocketAddr], outside, tested: &[Tested]| {
            let Outside { advertised, reach } = judge(ways, outside, tested, 4433);
            (advertised, reach)
        };
        let network = |tested| Reach::Network { tested, port: 4433 };
        assert_eq!(judged(&home, None, &[]), ("192.168.1.5:4433".to_owned(), network(false)));
        assert_eq!(judged(&home, None, &[test(true, false)]).1, network(true));
        assert_eq!(judged(&home, None, &[test(true, true)]).1, Reach::Everybody, "a port forwarded by hand");
        let both = "203.0.113.9:4433,192.168.1.5:4433".to_owned();
        assert_eq!(judged(&home, router, &[]), (both.clone(), Reach::Untested));
        assert_eq!(judged(&home, router, &[test(true, true)]), (both, Reach::Everybody));
        let last = "192.168.1.5:4433,203.0.113.9:4433".to_owned();
        assert_eq!(judged(&home, router, &[test(true, false)]), (last, network(true)));
        let six = [at("[2001:db8::5]:4433"), at("192.168.1.5:4433")];
        assert_eq!(judged(&six, None, &[]).1, Reach::Untested);
        assert_eq!(judged(&six, router, &[test(true, false), test(false, true)]).1, Reach::Everybody);
        let first = judged(&six, router, &[test(true, false), test(false, true)]).0;
        assert!(first.starts_with("2001:db8::5,192.168.1.5:4433"), "{first}");
    }
}
