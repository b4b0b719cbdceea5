//! Whether a relay answers, over UDP and over TCP.

use std::time::{Duration, Instant};

use super::finding::{Finding, State};
use crate::text::{Advice, doctor as text};
use crate::transport::{Dial, DialError, KnownRelays, dial_udp, reach_tcp};

/// How long each road is tried; a relay that is there answers sooner.
const LIMIT: Duration = Duration::from_secs(11);

/// The relay that is `asked` for, or the one that was used last.
pub(super) fn relay(asked: Option<&str>) -> Vec<Finding> {
    let known = KnownRelays::in_environment(|name| std::env::var_os(name));
    let asked = asked.map(str::to_owned).filter(|asked| !asked.is_empty());
    let Some(host) = asked.or_else(|| known.as_ref().and_then(KnownRelays::last)) else {
        return vec![Finding::new(text::RELAY_UDP.get(), State::Note, text::no_relay())];
    };
    let of_way = |way: &str| known.as_ref().and_then(|known| known.find(&Dial::known_as(way)).ok()?.pin);
    let unknown = Dial { host, pin: None };
    let pin = unknown.ways().find_map(of_way);
    let call = Dial { pin, ..unknown };
    if let Err(error) = call.check() {
        return vec![Finding::new(text::RELAY_UDP.get(), State::Problem, says(&error))];
    }
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            let says = crate::text::start::cannot_run(&error.to_string());
            return vec![Finding::new(text::RELAY_UDP.get(), State::Problem, says)];
        }
    };
    let (udp, tcp) = runtime.block_on(async {
        let udp = timed(&call, async { dial_udp(&call).await.map(drop) });
        let tcp = timed(&call, async { reach_tcp(&call).await.map(drop) });
        tokio::join!(udp, tcp)
    });
    // A name may be looked up on a thread that can't be interrupted.
    runtime.shutdown_background();
    findings(&call.spoken(), udp, tcp)
}

/// How long an answer took.
async fn timed(call: &Dial, answer: impl Future<Output = Result<(), DialError>>) -> Result<Duration, DialError> {
    let start = Instant::now();
    let answered = tokio::time::timeout(LIMIT, answer).await;
    answered.unwrap_or_else(|_| Err(DialError::Silent(call.spoken()))).map(|()| start.elapsed())
}

/// What comes of the two roads: either is enough to meet.
fn findings(relay: &str, udp: Result<Duration, DialError>, tcp: Result<Duration, DialError>) -> Vec<Finding> {
    let over_udp = |state, says| Finding::new(text::RELAY_UDP.get(), state, says);
    let over_tcp = |state, says| Finding::new(text::RELAY_TCP.get(), state, says);
    match (udp, tcp) {
        (Ok(udp), Ok(tcp)) => vec![
            over_udp(State::Good, text::udp_good(relay, udp.as_millis())),
            over_tcp(State::Good, text::tcp_good(relay, tcp.as_millis())),
        ],
        (Ok(udp), Err(_)) => vec![
            over_udp(State::Good, text::udp_good(relay, udp.as_millis())),
            over_tcp(State::Note, text::tcp_silent(relay)),
        ],
        (Err(DialError::Silent(_) | DialError::Offline(_) | DialError::Local(_)), Ok(tcp)) => vec![
            over_udp(State::Note, text::udp_blocked(relay)),
            over_tcp(State::Good, text::tcp_good(relay, tcp.as_millis())),
        ],
        (Err(udp), Ok(tcp)) => {
            vec![over_udp(State::Problem, says(&udp)), over_tcp(State::Good, text::tcp_good(relay, tcp.as_millis()))]
        }
        (Err(udp), Err(tcp)) if udp == tcp => vec![over_udp(State::Problem, says(&udp))],
        (Err(udp), Err(tcp)) => vec![over_udp(State::Problem, says(&udp)), over_tcp(State::Problem, says(&tcp))],
    }
}

fn says(error: &DialError) -> Advice {
    crate::text::dial_fault(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_road_is_enough_and_a_wrong_key_never_is() {
        let ms = Duration::from_millis(40);
        let silent = || DialError::Silent("r:1".into());
        let states = |udp, tcp| findings("r:1", udp, tcp).iter().map(|found| found.state).collect::<Vec<_>>();
        assert_eq!(states(Ok(ms), Ok(ms)), [State::Good, State::Good]);
        assert_eq!(states(Ok(ms), Err(silent())), [State::Good, State::Note]);
        assert_eq!(states(Err(silent()), Ok(ms)), [State::Note, State::Good]);
        assert_eq!(states(Err(silent()), Err(silent())), [State::Problem]);
        let version = || DialError::Version("r:1".into());
        assert_eq!(states(Err(version()), Ok(ms)), [State::Problem, State::Good]);
        assert_eq!(states(Err(silent()), Err(version())), [State::Problem, State::Problem]);
    }
}
