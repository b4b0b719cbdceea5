//! How many connections one address may have, and how many may come at once.

use ingle::ids::LogHead;
use ingle::transport::{DialError, dial};
use ingle::wire::{ALPN, Purpose, Refusal, Ticket, ToRelay, VERSION, limits};

use super::support::{Member, relay, run, stranger, to};
use tokio::task::JoinSet;

#[test]
fn an_address_over_its_share_gets_in_when_a_place_is_free() {
    run(async {
        let relay = relay();
        let mut held = Vec::new();
        for _ in 0..limits::CONNECTIONS_PER_ADDRESS {
            held.push(stranger(&relay, ALPN).await.expect("within the share"));
        }
        let host = to(&relay).host;
        assert_eq!(dial(&to(&relay)).await.err(), Some(DialError::Full(host.clone())));
        held.pop().expect("one of them").close(0_u32.into(), b"");
        loop {
            match dial(&to(&relay)).await {
                Ok((link, _events)) => break link.close().await,
                // The relay has not seen the goodbye yet.
                Err(error) => assert_eq!(error, DialError::Full(host.clone())),
            }
        }
    });
}

#[test]
fn a_crowd_that_comes_at_once_is_answered() {
    run(async {
        let relay = relay();
        let mut crowd = JoinSet::new();
        for n in 0..200 {
            let at = to(&relay);
            crowd.spawn(async move {
                let mut member = Member::connect_at(&at.host).await;
                member.hello(VERSION, Purpose::Resume(Ticket([n; Ticket::LEN]), LogHead::default()));
                member.refusal().await
            });
        }
        assert_eq!(crowd.join_all().await, vec![Some(Refusal::SeatGone); 200]);
    });
}

#[test]
fn an_address_that_opens_too_many_rooms_is_asked_to_wait() {
    run(async {
        let relay = relay();
        let mut held = Vec::new();
        for _ in 0..limits::ORIGIN_ROOMS {
            held.push(Member::host(&relay).await);
        }
        let mut member = Member::connect(&relay).await;
        member.hello(VERSION, Purpose::Host);
        assert_eq!(member.refusal().await, Some(Refusal::Busy));
        assert!(held[0].link.control(&ToRelay::Leave).is_ok());
    });
}
