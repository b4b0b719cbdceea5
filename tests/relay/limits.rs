//! How many connections one address may have.

use ingle::transport::{DialError, dial};
use ingle::wire::{ALPN, limits};

use super::support::{relay, run, stranger, to};

#[test]
fn an_address_over_its_share_is_told_so_and_gets_in_when_a_place_is_free() {
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
