//! What bad input costs: the connection it came over, and nobody else's.

use ingle::wire::{ALPN, Refusal, ToMember, encode, limits};

use super::support::{Member, relay, run, serves, stranger};

/// Sends bytes on the control stream and returns what the relay had to say until it closed.
async fn say(bytes: &[u8]) -> Vec<u8> {
    let relay = relay();
    let witness = Member::host(&relay).await;
    let connection = stranger(&relay, ALPN).await.expect("let in");
    let (mut send, mut recv) = connection.open_bi().await.expect("a stream");
    send.write_all(bytes).await.expect("written");
    let said = recv.read_to_end(limits::CONTROL_MESSAGE).await.expect("the relay ends the stream");
    connection.closed().await;
    assert!(witness.link.control(&ingle::wire::ToRelay::Leave).is_ok(), "others stay connected");
    serves(&relay).await;
    said
}

fn protocol() -> Vec<u8> {
    encode(&ToMember::Refused(Refusal::Protocol)).expect("small")
}

#[test]
fn bytes_that_are_no_message_end_their_connection_only() {
    assert_eq!(run(say(&[0, 0, 0, 3, 0xff, 0xff, 0xff])), protocol());
}

#[test]
fn a_length_over_the_limit_is_refused_before_its_bytes_come() {
    let length = u32::try_from(limits::CONTROL_MESSAGE + 1).expect("small").to_be_bytes();
    assert_eq!(run(say(&length)), protocol());
}

#[test]
fn an_empty_message_is_refused() {
    assert_eq!(run(say(&[0; 4])), protocol());
}

#[test]
fn datagrams_of_rubbish_from_a_stranger_harm_nobody() {
    run(async {
        let relay = relay();
        let connection = stranger(&relay, ALPN).await.expect("let in");
        for n in 0..200_u8 {
            // Nothing waits for an answer here, and the relay may have closed the connection meanwhile.
            let _ = connection.send_datagram(vec![n; usize::from(n)].into());
        }
        serves(&relay).await;
    });
}
