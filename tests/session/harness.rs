//! One relay's core and its guests, all in one place and at once: what everybody is told, and all that the relay sees.

use std::collections::BTreeMap;
use std::time::Duration;

use ingle::adapt::{Plan, PlanChoice};
use ingle::crypto::code::Code;
use ingle::ids::{SeatId, Time};
use ingle::member::{Config, Effect, Heard, LineCounts, Member, Spoken, Start};
use ingle::relay::core::{ConnId, Origin, Output, Relay};
use ingle::session::{Charter, Event, Intent, Phase, Whom};
use ingle::wire::{self, Framing, ToMember};

pub(crate) const KEY: [u8; 32] = [5; 32];

/// What a malicious relay makes of a message to a guest; `false` keeps it back.
type Meddling = Box<dyn FnMut(u64, &mut ToMember) -> bool>;

/// One relay and its guests.
pub(crate) struct Hall {
    pub relay: Relay,
    pub now: Time,
    pub guests: BTreeMap<u64, Member>,
    told: BTreeMap<u64, Vec<Event>>,
    heard: BTreeMap<u64, Vec<Heard>>,
    volumes: BTreeMap<u64, Vec<(SeatId, u16)>>,
    plans: BTreeMap<u64, Vec<Plan>>,
    /// Everything the relay has been sent, and has sent.
    pub seen: Vec<u8>,
    /// Bytes up and down, by guest.
    pub carried: BTreeMap<u64, (usize, usize)>,
    pub cut: Vec<u64>,
    pub meddling: Option<Meddling>,
    /// Whether the guests who come want no microphone.
    pub no_mic: bool,
    seconds: u64,
}

impl Hall {
    pub(crate) fn new() -> Self {
        Self {
            relay: Relay::new([1; 32]),
            now: Time(0),
            guests: BTreeMap::new(),
            told: BTreeMap::new(),
            heard: BTreeMap::new(),
            volumes: BTreeMap::new(),
            plans: BTreeMap::new(),
            seen: vec![],
            carried: BTreeMap::new(),
            cut: vec![],
            meddling: None,
            no_mic: false,
            seconds: 0,
        }
    }

    pub(crate) fn come(&mut self, guest: u64, name: &str, start: Start, relay_key: [u8; 32]) {
        let config = Config {
            name: name.into(),
            start,
            mic_always_open: false,
            no_mic: self.no_mic,
            mic_open: false,
            relay_here: false,
            plan: PlanChoice::Auto,
        };
        let member = Member::new(config, [guest as u8; 32], self.now);
        self.guests.insert(guest, member);
        self.connect(guest, relay_key);
    }

    pub(crate) fn connect(&mut self, guest: u64, relay_key: [u8; 32]) {
        self.cut.retain(|cut| *cut != guest);
        self.relay.handle_connected(ConnId(guest), Origin(guest), self.now);
        self.with(guest, |member, now| member.handle_connected(relay_key, now));
    }

    pub(crate) fn with(&mut self, guest: u64, act: impl FnOnce(&mut Member, Time)) {
        let now = self.now;
        if let Some(member) = self.guests.get_mut(&guest) {
            act(member, now);
        }
        self.settle();
    }

    /// Carries everything until nothing more is to be done.
    pub(crate) fn settle(&mut self) {
        loop {
            let mut quiet = true;
            for (guest, member) in &mut self.guests {
                while let Some(effect) = member.poll_effect() {
                    quiet = false;
                    match effect {
                        Effect::Control(message) if !self.cut.contains(guest) => {
                            let bytes = wire::encode(&message).expect("within its limits");
                            self.seen.extend_from_slice(&bytes);
                            self.carried.entry(*guest).or_default().0 += bytes.len();
                            self.relay.handle_control(ConnId(*guest), message, self.now);
                        }
                        Effect::Datagram(bytes) if !self.cut.contains(guest) => {
                            self.seen.extend_from_slice(&bytes);
                            self.relay.handle_datagram(ConnId(*guest), &bytes, self.now);
                        }
                        Effect::Play(heard) => self.heard.entry(*guest).or_default().push(heard),
                        Effect::Volume(seat, percent) => {
                            self.volumes.entry(*guest).or_default().push((seat, percent));
                        }
                        Effect::Plan(plan) => self.plans.entry(*guest).or_default().push(plan),
                        Effect::Tell(event) => self.told.entry(*guest).or_default().push(event),
                        _ => {}
                    }
                }
            }
            self.relay.flush(self.now);
            while let Some(output) = self.relay.poll_output() {
                quiet = false;
                match output {
                    Output::Control { to: ConnId(guest), bytes, .. } => {
                        self.seen.extend_from_slice(&bytes);
                        self.carried.entry(guest).or_default().1 += bytes.len();
                        let mut framing = Framing::default();
                        framing.push(&bytes);
                        let mut message = framing.next_message().expect("whole").expect("one");
                        let passes = self.meddling.as_mut().is_none_or(|meddle| meddle(guest, &mut message));
                        if let Some(member) =
                            self.guests.get_mut(&guest).filter(|_| passes && !self.cut.contains(&guest))
                        {
                            member.handle_control(message, self.now);
                        }
                    }
                    Output::Datagram { to: ConnId(guest), bytes } => {
                        self.seen.extend_from_slice(&bytes);
                        if let Some(member) = self.guests.get_mut(&guest).filter(|_| !self.cut.contains(&guest)) {
                            member.handle_datagram(&bytes, self.now);
                        }
                    }
                    Output::Close { .. } => {}
                }
            }
            if quiet {
                return;
            }
        }
    }

    pub(crate) fn pass(&mut self, span: Duration) {
        self.now = self.now + span;
        self.seconds += 1;
        let heard = self.seconds;
        let guests: Vec<u64> = self.guests.keys().copied().collect();
        for guest in guests {
            self.relay.handle_heard(ConnId(guest), self.now);
            self.with(guest, |member, now| {
                member.handle_counts(LineCounts { heard, ..LineCounts::default() }, now);
                member.handle_timeout(now);
            });
        }
    }

    pub(crate) fn host(&mut self, open_door: bool) -> Code {
        let start = Start::Host { title: "Lighthouse evening".into(), open_door, charter: Charter::default() };
        self.come(1, "Hal", start, KEY);
        self.code()
    }

    /// So many people, the host first; the door is worked by hand.
    pub(crate) fn group(count: u64) -> Self {
        let mut harness = Self::new();
        let code = harness.host(false);
        for guest in 2..=count {
            harness.come(guest, &format!("Guest {guest}"), Start::Join(code.clone()), KEY);
            harness.wish(1, Intent::Admit(Whom::All));
            assert_eq!(*harness.phase(guest), Phase::In);
        }
        harness
    }

    pub(crate) fn code(&self) -> Code {
        self.code_of(1)
    }

    /// The code, as the guest with the door has it.
    pub(crate) fn code_of(&self, guest: u64) -> Code {
        let code = self.guests[&guest].room().code.as_deref().map(Code::parse);
        code.expect("a code").unwrap_or_else(|error| panic!("{error}"))
    }

    pub(crate) fn phase(&self, guest: u64) -> &Phase {
        &self.guests[&guest].room().phase
    }

    pub(crate) fn told(&mut self, guest: u64) -> Vec<Event> {
        self.told.remove(&guest).unwrap_or_default()
    }

    /// The packets that a guest was given to play since the last call.
    pub(crate) fn heard(&mut self, guest: u64) -> Vec<Heard> {
        self.heard.remove(&guest).unwrap_or_default()
    }

    /// How a guest's voice was to be coded, in order.
    pub(crate) fn plans(&self, guest: u64) -> &[Plan] {
        self.plans.get(&guest).map_or(&[], Vec::as_slice)
    }

    /// How loud a guest wanted others to be played, in order.
    pub(crate) fn volumes(&self, guest: u64) -> &[(SeatId, u16)] {
        self.volumes.get(&guest).map_or(&[], Vec::as_slice)
    }

    /// A guest opens its microphone, says these packets, and closes it.
    pub(crate) fn say(&mut self, guest: u64, packets: &[Vec<u8>]) {
        self.with(guest, |member, now| member.handle_intent(Intent::Mic { open: true }, now));
        for (at, packet) in packets.iter().enumerate() {
            self.now = self.now + Duration::from_millis(60);
            let (start, end) = (at == 0, at + 1 == packets.len());
            let spoken = Spoken { tick: (3 * at) as u8, level: 4, start, end, packet: packet.clone(), thin: None };
            self.with(guest, |member, now| member.handle_spoken(spoken, now));
        }
        self.with(guest, |member, now| member.handle_intent(Intent::Mic { open: false }, now));
    }

    /// A guest's line is cut, without the guest or the relay being told more than that.
    pub(crate) fn cut_line(&mut self, guest: u64) {
        self.cut.push(guest);
        self.relay.handle_closed(ConnId(guest), self.now);
        self.with(guest, Member::handle_disconnected);
    }

    /// Second after second passes, at the relay too.
    pub(crate) fn wait(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.pass(Duration::from_secs(1));
            self.relay.handle_timeout(self.now);
            self.settle();
        }
    }

    /// A guest's wish.
    pub(crate) fn wish(&mut self, guest: u64, intent: Intent) {
        self.with(guest, |member, now| member.handle_intent(intent, now));
    }

    /// The seat that a guest has.
    pub(crate) fn seat(&self, guest: u64) -> SeatId {
        self.guests[&guest].room().me.expect("seated")
    }

    pub(crate) fn has_seen(&self, what: &str) -> bool {
        self.seen.windows(what.len()).any(|window| window == what.as_bytes())
    }
}

pub(crate) fn member(guest: u64, name: &str, start: Start, now: Time) -> Member {
    let name = name.into();
    let config = Config {
        name,
        start,
        mic_always_open: false,
        no_mic: false,
        mic_open: false,
        relay_here: false,
        plan: PlanChoice::Auto,
    };
    Member::new(config, [guest as u8; 32], now)
}

pub(crate) fn wrong(code: &Code) -> Code {
    let spoken = code.spoken();
    let (plate, _) = spoken.split_once('-').expect("a dash");
    let words = if spoken.contains("otter") { "lamp-violin-lamp" } else { "otter-otter-otter" };
    Code::parse(&format!("{plate}-{words}")).unwrap_or_else(|error| panic!("{error}"))
}
