//! Strangers who take what they can get, beside two members who talk: what the two lose by it.

use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ingle::ids::{ActionNo, Attempt, Epoch, FrameNo, Index, Kid, Layer, Nameplate, SeatId, SeatSet};
use ingle::relay::server::{Limits, Server};
use ingle::transport::{Identity, LinkEvent};
use ingle::wire::limits::Budget;
use ingle::wire::{
    ALPN, Act, Blob, DownDatagram, Frame, FrameHead, Purpose, SendStamp, ToMember, ToRelay, UpBundle, VERSION,
};
use tokio::time::{interval, timeout};

use super::support::{Member, run, stranger};

const PACKETS: u16 = 100;
const EVERY: Duration = Duration::from_millis(60);

/// Two members of one room.
async fn pair(relay: &Server) -> [Member; 2] {
    let mut host = Member::connect(relay).await;
    host.hello(VERSION, Purpose::Host);
    let Some(ToMember::Hosting { state, .. }) = host.control().await else { panic!("a room") };
    let mut guest = Member::connect(relay).await;
    guest.hello(VERSION, Purpose::Knock(state.nameplate, Blob::default()));
    let attempt = loop {
        if let Some(ToMember::Knock(attempt, _)) = host.control().await {
            break attempt;
        }
    };
    let act = Act::Commit { admit: vec![(attempt, SeatId(1))], replace: vec![], remove: SeatSet::default() };
    let append = ToRelay::Append { number: ActionNo(1), epoch: Epoch(0), act, body: Blob::default() };
    host.link.control(&append).expect("queued");
    let index = loop {
        if let Some(ToMember::Entry(entry, _)) = host.control().await {
            break entry.index;
        }
    };
    assert_eq!((attempt, index), (Attempt(1), Index(1)));
    host.link.control(&ToRelay::Welcome { seat: SeatId(1), index, body: Blob::default() }).expect("queued");
    while !matches!(guest.control().await, Some(ToMember::Seated { .. })) {}
    [host, guest]
}

fn packet(number: u16) -> Vec<u8> {
    let kid = Kid::new(SeatId(0), Epoch(1));
    let head = FrameHead { kid, number: FrameNo(number), start: number == 0, end: false, layer: Layer::Full, level: 4 };
    let frames = vec![Frame { head, body: vec![7; 91] }];
    UpBundle { sent: SendStamp::default(), frames }.encode().expect("fits")
}

/// Of a hundred packets how many come through.
async fn talk([host, guest]: &mut [Member; 2]) -> usize {
    let mut clock = interval(EVERY);
    let said = async {
        for number in 0..PACKETS {
            clock.tick().await;
            host.link.datagram(packet(number));
        }
    };
    let heard = async {
        let mut heard = 0;
        while let Ok(Some(event)) = timeout(Duration::from_secs(2), guest.events.recv()).await {
            if let LinkEvent::Datagram(bytes) = event
                && let Ok(DownDatagram::Bundle(bundle)) = DownDatagram::decode(&bytes)
            {
                heard += bundle.frames.len();
            }
            if heard == usize::from(PACKETS) {
                break;
            }
        }
        heard
    };
    tokio::join!(said, heard).1
}

fn small() -> Limits {
    // One address, which is the members' too, may begin a hundred at once, and ten more each second.
    Limits { handshakes_each: Budget { burst: 100, per_second: 10 }, ..Limits::default() }
}

fn start(limits: &Limits) -> Server {
    let listen = SocketAddr::from(([127, 0, 0, 1], 0)).into();
    Server::start_limited(&Identity::ephemeral().expect("a key"), &listen, limits).expect("a free port")
}

#[test]
#[ignore = "on a real clock, beside a crowd that takes a processor"]
fn a_crowd_of_handshakes_takes_no_sound_from_a_room() {
    run(async {
        let (start_of_all, relay) = (Instant::now(), Arc::new(start(&small())));
        let mut members = pair(&relay).await;
        let (over, came, sent_off) = (Arc::new(AtomicBool::new(false)), Arc::default(), Arc::default());
        for _ in 0..8 {
            let (relay, over) = (relay.clone(), over.clone());
            let (came, sent_off): (Arc<AtomicUsize>, Arc<AtomicUsize>) = (Arc::clone(&came), Arc::clone(&sent_off));
            tokio::spawn(async move {
                while !over.load(Ordering::Relaxed) {
                    let counter = if stranger(&relay, ALPN).await.is_ok() { &came } else { &sent_off };
                    counter.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        let heard = talk(&mut members).await;
        over.store(true, Ordering::Relaxed);
        let (came, sent_off) = (came.load(Ordering::Relaxed), sent_off.load(Ordering::Relaxed));
        println!("{heard} of {PACKETS} heard; {came} handshakes, {sent_off} sent off");
        // Those who have not proven their address have one budget, and those who have have another one of the same size.
        let most = 2 * (100 + 10 * (start_of_all.elapsed().as_secs() + 1) as usize);
        assert!(came <= most && sent_off > came, "the crowd is held to its budgets: {came} of {most}");
        assert!(heard >= 99, "{heard}");
    });
}

#[test]
#[ignore = "on a real clock, and for ten seconds"]
fn those_who_say_nothing_over_tcp_are_cut_and_take_no_sound() {
    run(async {
        let relay = start(&Limits { connections_each: 60, ..Limits::default() });
        let mut members = pair(&relay).await;
        let silent: Vec<_> = (0..100).filter_map(|_| TcpStream::connect(relay.addr()).ok()).collect();
        let heard = talk(&mut members).await;
        println!("{heard} of {PACKETS} heard beside {} silent ones", silent.len());
        assert!(heard >= 99, "{heard}");
        assert!(relay.gauge().read().refused >= 40, "one address has its share");
        // They have ten seconds in all.
        tokio::time::sleep(Duration::from_secs(6)).await;
        Member::host(&relay).await.link.close().await;
    });
}

#[test]
#[ignore = "on a real clock, beside a crowd that takes a processor"]
fn a_crowd_that_knocks_takes_no_sound_from_a_room() {
    run(async {
        let relay = Arc::new(start(&Limits::default()));
        let mut members = pair(&relay).await;
        let over = Arc::new(AtomicBool::new(false));
        for crowd in 0..8_u16 {
            let (relay, over) = (relay.clone(), over.clone());
            tokio::spawn(async move {
                let mut number = 1000 + crowd;
                while !over.load(Ordering::Relaxed) {
                    number = 1000 + (number + 8) % 9000;
                    let mut knocker = Member::connect(&relay).await;
                    knocker.hello(VERSION, Purpose::Knock(Nameplate(number), Blob::default()));
                    let _ = knocker.control().await;
                    knocker.link.close().await;
                }
            });
        }
        let heard = talk(&mut members).await;
        over.store(true, Ordering::Relaxed);
        println!("{heard} of {PACKETS} heard beside knocks");
        assert!(heard >= 99, "{heard}");
    });
}

#[test]
#[ignore = "on a real clock, for six seconds"]
fn a_relay_without_a_free_place_takes_no_sound_from_a_room() {
    run(async {
        let relay = Arc::new(start(&Limits { connections: 30, retry_from: 0, ..Limits::default() }));
        let mut members = pair(&relay).await;
        let mut held = Vec::new();
        while let Ok(connection) = stranger(&relay, ALPN).await {
            held.push(connection);
        }
        assert_eq!(held.len(), 28, "all other places are taken, by addresses that were proven");
        let over = Arc::new(AtomicBool::new(false));
        for _ in 0..4 {
            let (relay, over) = (relay.clone(), over.clone());
            tokio::spawn(async move {
                while !over.load(Ordering::Relaxed) {
                    assert!(stranger(&relay, ALPN).await.is_err());
                }
            });
        }
        let heard = talk(&mut members).await;
        over.store(true, Ordering::Relaxed);
        println!("{heard} of {PACKETS} heard at a full relay, {:?}", relay.gauge().read());
        assert!(heard >= 99, "{heard}");
        // One place that is free is enough.
        held.truncate(27);
        while stranger(&relay, ALPN).await.is_err() {}
    });
}

#[test]
#[ignore = "on a real clock, for six seconds"]
fn members_who_read_nothing_take_no_sound_from_a_room() {
    run(async {
        let most = 1 << 20;
        let relay = start(&Limits { waiting_bytes: most, ..Limits::default() });
        let mut members = pair(&relay).await;
        let mut deaf = Vec::new();
        for _ in 0..8 {
            // Each is asked for its log again and again, and reads none of it.
            let member = Member::host(&relay).await;
            let body = Blob::new(vec![7; 4000]).expect("fits");
            deaf.push(tokio::spawn(async move {
                let mut clock = interval(Duration::from_millis(5));
                for number in 1..1200 {
                    clock.tick().await;
                    let append = ToRelay::Append {
                        number: ActionNo(number),
                        epoch: Epoch(0),
                        act: Act::None,
                        body: body.clone(),
                    };
                    // Its line may be over by then.
                    let _ = member.link.control(&append);
                }
                member
            }));
        }
        let heard = talk(&mut members).await;
        let waiting = relay.gauge().read().waiting_bytes;
        println!("{heard} of {PACKETS} heard, {waiting} bytes wait for those who read nothing");
        assert!(heard >= 99, "{heard}");
        assert!(waiting <= most as u64 + 64 * 1024, "{waiting}");
        for member in deaf {
            member.await.expect("done").link.close().await;
        }
    });
}
