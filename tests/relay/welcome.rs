//! Which members the relay lets in, and what it tells the others.

use super::network::in_virtual_time;
use super::support::{Member, listen, relay, relay_on, run, serves, stranger, to};
use ingle::ids::Nameplate;
use ingle::relay::server::Stop;
use ingle::transport::{Dial, DialError, Fingerprint, Pin, dial, dial_at};
use ingle::wire::knock::{self, Away};
use ingle::wire::{ALPN, Attempting, Blob, Purpose, Refusal, ToMember, ToRelay, VERSION};

#[test]
fn a_host_gets_a_room_and_leaves_it() {
    run(async {
        let relay = relay();
        let member = Member::host(&relay).await;
        assert_eq!(member.link.fingerprint(), relay.fingerprint());
        member.link.control(&ToRelay::Leave).expect("queued");
        member.link.close().await;
        relay.stop(Stop::ForGood).await;
    });
}

#[test]
fn an_unknown_version_is_refused_with_the_relays_own() {
    run(async {
        let relay = relay();
        let mut member = Member::connect(&relay).await;
        member.hello(VERSION + 1, Purpose::Host);
        assert_eq!(member.refusal().await, Some(Refusal::Version(VERSION)));
        serves(&relay).await;
    });
}

#[test]
fn a_room_that_is_not_there_is_wrong_words() {
    run(async {
        let relay = relay();
        let mut member = Member::connect(&relay).await;
        member.hello(VERSION, Purpose::Knock(Nameplate(Nameplate::MIN), Blob::default()));
        assert_eq!(member.control().await, Some(ToMember::Attempt(Attempting::AtDoor)));
        let away = Attempting::TurnedAway(knock::body(&Away::WrongWords));
        assert_eq!(member.control().await, Some(ToMember::Attempt(away)));
        assert_eq!(member.control().await, None);
    });
}

#[test]
fn another_protocol_is_turned_away_in_the_handshake() {
    run(async {
        let relay = relay();
        assert!(stranger(&relay, b"ingle/2").await.is_err());
        assert!(stranger(&relay, ALPN).await.is_ok());
        serves(&relay).await;
    });
}

#[test]
fn a_member_of_another_version_gets_the_sentence_about_it() {
    run(async {
        let (other, at) = other_protocol();
        let error = dial(&Dial { host: at, pin: None }).await.err().expect("no link");
        assert!(matches!(error, DialError::Version(_)), "{error}");
        assert!(error.hint().contains("newest version"));
        drop(other);
    });
}

#[test]
fn another_key_than_the_known_one_is_an_error_of_its_own() {
    run(async {
        let relay = relay();
        let known = Dial { pin: Some(Pin::only(relay.fingerprint())), ..to(&relay) };
        assert!(dial(&known).await.is_ok());
        let other = Dial { pin: Some(Pin::only(Fingerprint([7; 32]))), ..to(&relay) };
        let error = dial(&other).await.err();
        assert_eq!(error, Some(DialError::Key { host: other.host, seen: relay.fingerprint(), vouched: false }));
    });
}

#[test]
fn a_relay_that_says_nothing_is_silent() {
    in_virtual_time(async |network| {
        let silent = network.port();
        let host = silent.at.to_string();
        let error = dial_at(&Dial { host: host.clone(), pin: None }, vec![silent.at], network.runtime()).await.err();
        assert_eq!(error, Some(DialError::Silent(host)));
    });
}

#[test]
fn a_wrong_name_and_a_wrong_address_are_told_apart() {
    run(async {
        let of = async |host: &str| dial(&Dial { host: host.to_owned(), pin: None }).await.err().expect("no link");
        assert_eq!(of("no such place").await, DialError::Address("no such place".into()));
        assert_eq!(of("relay.invalid:4433").await, DialError::Name("relay.invalid".into()));
        // No way leads to everybody at once; it stands for a machine that is not online.
        assert_eq!(of("255.255.255.255:4433").await, DialError::Offline("255.255.255.255:4433".into()));
    });
}

#[test]
fn a_second_attempt_is_raced_when_the_first_is_lost() {
    in_virtual_time(async |network| {
        let relay = relay_on(&network);
        let addr = relay.addr();
        let (near, far) = (network.port(), network.port());
        let host = near.at;
        tokio::spawn(async move {
            let (mut lost, mut member) = (None, None);
            loop {
                tokio::select! {
                    (from, packet) = near.recv_from() => {
                        // All of the first attempt is lost, whatever it repeats.
                        if *lost.get_or_insert(from) != from {
                            member = Some(from);
                            far.send_to(&packet, addr);
                        }
                    }
                    (_, packet) = far.recv_from() => near.send_to(&packet, member.expect("it spoke first")),
                }
            }
        });
        Member::host_on(&network, host).await;
    });
}

/// A server that speaks a later protocol than ours.
fn other_protocol() -> (quinn::Endpoint, String) {
    let (endpoint, at) = listen(b"ingle/2");
    let accepting = endpoint.clone();
    tokio::spawn(async move {
        while let Some(incoming) = accepting.accept().await {
            tokio::spawn(async move { incoming.await });
        }
    });
    (endpoint, at)
}
