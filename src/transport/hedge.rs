//! When each of a relay's addresses is tried, as long as none has answered.
//!
//! A family of addresses may lead nowhere, and a packet may be lost. So the next address is tried soon, beside those before it
//! (RFC 8305), and later all of them once more. Pure: it is told the time since the start, and what has become of the tries.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

/// After this long without an answer the relay's next address is tried as well.
const NEXT_ADDRESS: Duration = Duration::from_millis(300);
/// After this long without any answer all addresses are tried once more beside the first attempts. At 20 % loss that saves
/// waits of up to 22 s. An answer on 16 kbps takes 1.4 s; once it has begun, the rest of it is waited for, because another
/// attempt would be in its way. A single lost packet is sent again before that ([`super::first`], and QUIC after 1.5 s).
const SECOND_ROUND: Duration = Duration::from_millis(2000);

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Try this address too.
    Try(SocketAddr),
    /// Nothing until then, unless a try ends earlier.
    Wait(Duration),
    /// All have been tried twice.
    Done,
}

/// The tries that are still to be made.
pub(super) struct Hedge {
    plan: VecDeque<(Duration, SocketAddr)>,
}

impl Hedge {
    /// Takes `addresses` in the order in which they are to be tried. `tried` is being tried already.
    pub(super) fn new(addresses: &[SocketAddr], tried: Option<SocketAddr>) -> Self {
        let others = addresses.iter().copied().filter(|address| Some(*address) != tried);
        let all: Vec<SocketAddr> = tried.into_iter().chain(others).collect();
        let times = |round: Duration| all.iter().zip(0..).map(move |(to, nth)| (round + NEXT_ADDRESS * nth, *to));
        let plan = times(Duration::ZERO).skip(usize::from(tried.is_some())).chain(times(SECOND_ROUND)).collect();
        Self { plan }
    }

    /// What to do at this time since the start, with this many tries `running`. `answered` is whether one of them has got its first
    /// answer since the last call.
    pub(super) fn next(&mut self, since_start: Duration, running: usize, answered: bool) -> Next {
        match self.plan.front_mut() {
            None => Next::Done,
            Some((due, _)) if running > 0 && answered => {
                *due = since_start.max(*due) + SECOND_ROUND;
                Next::Wait(*due)
            }
            Some((due, _)) if running > 0 && *due > since_start => Next::Wait(*due),
            Some((_, address)) => {
                let address = *address;
                self.plan.pop_front();
                Next::Try(address)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses() -> [SocketAddr; 2] {
        ["[2001:db8::1]:1", "192.0.2.1:1"].map(|text| text.parse().expect("an address"))
    }

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    /// When each address is tried while nothing comes. With `fails` each try ends at once.
    fn tries(hedge: &mut Hedge, already: usize, fails: bool) -> Vec<(Duration, SocketAddr)> {
        let (mut now, mut running, mut tries) = (ms(0), already, Vec::new());
        loop {
            match hedge.next(now, running, false) {
                Next::Try(address) => {
                    tries.push((now, address));
                    running += usize::from(!fails);
                }
                Next::Wait(until) => now = until,
                Next::Done => break tries,
            }
        }
    }

    #[test]
    fn a_dead_address_family_costs_a_moment_and_all_are_tried_twice() {
        let [six, four] = addresses();
        let all = tries(&mut Hedge::new(&[six, four], None), 0, false);
        assert_eq!(all, [(ms(0), six), (ms(300), four), (ms(2000), six), (ms(2300), four)]);
        // If there is no way at all, the next is tried at once.
        let all = tries(&mut Hedge::new(&[six, four], None), 0, true);
        assert_eq!(all, [six, four, six, four].map(|address| (ms(0), address)));
        assert_eq!(tries(&mut Hedge::new(&[], None), 0, false), []);
    }

    #[test]
    fn a_return_tries_the_old_address_first_and_soon_the_others() {
        let [six, four] = addresses();
        let all = tries(&mut Hedge::new(&[six, four], Some(four)), 1, false);
        assert_eq!(all, [(ms(300), six), (ms(2000), four), (ms(2300), six)]);
        // Its name leads elsewhere by now.
        let all = tries(&mut Hedge::new(&[six], Some(four)), 1, false);
        assert_eq!(all, [(ms(300), six), (ms(2000), four), (ms(2300), six)]);
    }

    #[test]
    fn an_answer_holds_back_further_attempts() {
        let [six, four] = addresses();
        let mut hedge = Hedge::new(&[six, four], None);
        assert_eq!(hedge.next(ms(0), 0, false), Next::Try(six));
        assert_eq!(hedge.next(ms(200), 1, true), Next::Wait(ms(2300)));
        assert_eq!(hedge.next(ms(400), 1, false), Next::Wait(ms(2300)));
        // It has come to nothing after all.
        assert_eq!(hedge.next(ms(500), 0, false), Next::Try(four));
        assert_eq!(hedge.next(ms(600), 1, false), Next::Wait(ms(2000)));
    }
}
