//! Every bound on what a stranger can make us hold, in one place. Each has a test that goes over it.

use std::time::Duration;

use crate::ids::Nameplate;

/// Most bytes of one control message, its length prefix not counted.
pub const CONTROL_MESSAGE: usize = 64 * 1024;
/// Most bytes of an opaque body within a control message.
pub const BLOB: usize = 48 * 1024;
/// Most bytes of a datagram we send or take: with QUIC's own 34 bytes it fits the 1200 that every path takes.
pub const DATAGRAM: usize = 1150;
/// Most bytes of one sealed frame: 120 ms at 24 kbps, the seal, and room to spare.
pub const FRAME: usize = 480;
/// Most frames in one bundle.
pub const BUNDLE_FRAMES: usize = 16;
/// Most bytes of what a member says in one log entry, before it is sealed: the longest line of chat, and room to spare.
pub const OP: usize = 4096;
/// Most members in a room.
pub const MEMBERS: usize = 50;
/// Bytes of what is sealed to a few members, however little it says.
pub const PRIVATE: usize = 896;
/// Most characters of a private word, a note at the door, or what is to be done if somebody vanishes; after cleaning.
pub const PRIVATE_CHARS: usize = 200;
/// Vanished members not yet handled; beyond it the oldest is forgotten.
pub const ALARMS: usize = 50;
/// Most who lead a group: the facilitator and three co-facilitators.
pub const LEADS: usize = 4;
/// Most characters of a name, after cleaning.
pub const NAME_CHARS: usize = 24;
/// Most characters of a group's title, after cleaning.
pub const TITLE_CHARS: usize = 40;
/// Most characters of one line of chat, after cleaning.
pub const CHAT_CHARS: usize = 500;
/// Most characters of a proposal, after cleaning.
pub const PROPOSAL_CHARS: usize = 300;
/// Most characters of the reason for a block, after cleaning.
pub const REASON_CHARS: usize = 160;
/// Proposals that are open at once.
pub const PROPOSALS: usize = 8;
/// Proposals that one member may have open at once.
pub const PROPOSALS_EACH: usize = 2;
/// Items of the minutes, with the proposals that are open.
pub const MINUTES: usize = 64;
/// Names that a member keeps of who was there, for the receipt.
pub const MET: usize = 100;
/// Chat lines that a member keeps; older ones are gone.
pub const CHAT_LINES: usize = 200;
/// Most points of an agenda.
pub const AGENDA: usize = 20;
/// Most characters of a point of the agenda, after cleaning.
pub const POINT_CHARS: usize = 60;
/// Knocks that wait at one door.
pub const KNOCKS: usize = 16;
/// Knocks that one door is shown at once; then one more every [`DOOR_KNOCKS_EVERY`]. More than fit at it, so that those who
/// come again after a typing error are among them.
pub const DOOR_KNOCKS: u32 = 32;
/// Most bytes of the first flight of a knock, which anybody can send: a crowd of them must not fill the door's line.
pub const KNOCK_FIRST: usize = 256;
/// Flights that a joiner may send in one knock.
pub const KNOCK_FLIGHTS: usize = 4;
/// Most bytes of one flight of a knock.
pub const KNOCK_FLIGHT: usize = 2048;
/// Most bytes of a newcomer's key package: the keys take 290, the longest name 96.
pub const KEY_PACKAGE: usize = 400;
/// Wrong words that a door takes before each further try needs the facilitator's yes.
pub const FREE_GUESSES: u32 = 5;
/// Wrong words after which a door's words are drawn anew.
pub const GUESSES: u32 = 10;
/// Knocks of a joiner that may break off, one after the other, after it has shown that it has the words; then it stops.
pub const LEFT_HANGING: u32 = 3;
/// Decoys on one relay: one for each number that a code can begin with.
pub const DECOYS: usize = (Nameplate::MAX - Nameplate::MIN) as usize + 1;
/// Rooms on one relay.
pub const ROOMS: usize = 1000;
/// Connections on one relay.
pub const CONNECTIONS: usize = 10_000;
/// Connections to one relay from one address: a whole house or day centre behind one router.
pub const CONNECTIONS_PER_ADDRESS: usize = 256;
/// Knocks from one address at once: the 30 of a day centre behind one router, each with a typing error or a broken line. Then
/// one more every [`ORIGIN_KNOCKS_EVERY`].
pub const ORIGIN_KNOCKS: u32 = 64;
/// Rooms opened from one address at once; then one more every [`ORIGIN_ROOMS_EVERY`].
pub const ORIGIN_ROOMS: u32 = 16;
/// Members who come back from one address at once; then one more every [`ORIGIN_RETURNS_EVERY`].
pub const ORIGIN_RETURNS: u32 = 1024;
/// How many times as much may come from all IPv6 addresses that share their first 64 bits, 56 and 48.
pub const ORIGIN_TIMES: [u32; 3] = [1, 2, 4];
/// Addresses whose handshakes, knocks and rooms are counted. Beyond it those who came longest ago start anew.
pub const ORIGINS: usize = 16_384;
/// Log entries that a room keeps for members who come back. Who misses more knocks anew.
pub const LOG_ENTRIES: usize = 4096;
/// Bytes of log bodies that a room keeps for members who come back.
pub const LOG_BYTES: usize = 1024 * 1024;
/// The same of all rooms of a relay together: with many, each has less.
pub const LOG_RELAY: usize = 256 * 1024 * 1024;
/// Entries after which a member still knows what its state was, to compare with others.
pub const PAST: usize = 256;
/// Actions that a member sends before the first of them is in the log.
pub const PENDING_ACTIONS: usize = 256;
/// Epochs whose keys a member holds at once: as many as a frame's two bits can tell apart.
pub const EPOCHS: usize = 4;
/// Frames that a member keeps because it has no key for them yet; the oldest makes room.
pub const EARLY_FRAMES: usize = 64;
/// How many of them one seat may have.
pub const EARLY_FRAMES_PER_SEAT: usize = 16;
/// Frames that a late one may be behind the newest of its talker: more than are said in [`PAST_TIME`].
pub const REPLAY_WINDOW: u64 = 8192;
/// Frames of one seat that don't open within one epoch; at the last of them it's no longer listened to.
pub const BAD_FRAMES: u32 = 64;
/// Actions that one seat may send at once; then [`ACTIONS_PER_SECOND`] more each second.
pub const ACTIONS_BURST: u32 = 300;
/// Actions per second that one seat may keep sending.
pub const ACTIONS_PER_SECOND: u32 = 10;
/// New voice frames per second that one seat may keep sending: 20 ms frames twice, and room to spare. A frame that has come
/// before isn't counted: it goes no further.
pub const FRAMES_PER_SECOND: u32 = 120;
/// Voice frames that one seat may send at once, after a stall.
pub const FRAMES_BURST: u32 = 240;
/// Bundles, or frames, that are sent again at once because somebody asks for them; then so many more a second.
pub const ANSWERS_BURST: u32 = 24;
/// Bundles, or frames, that are sent again each second because somebody asks for them: half of a voice's.
pub const ANSWERS_PER_SECOND: u32 = 12;
/// Most bytes of an action's body, unless it changes the keys: what a member says, its seal, and room to spare.
pub const ACTION_BODY: usize = OP + 512;
/// Talkers whose voice is forwarded at once.
pub const TALKERS: usize = 3;
/// Most frames of the full layer for which one of the thin layer stands.
pub const THIN_COUNT: u8 = 6;
/// Bytes of control messages waiting for one slow member; over it, its connection ends and it resumes.
pub const OUTBOX: usize = 2 * 1024 * 1024;
/// Bytes that wait for one member and make the others be held to less, until half of them are gone.
pub const BACKLOG: usize = OUTBOX / 8;
/// Bytes that wait for all members of a relay together; over it, the connection with most of them ends.
pub const OUTBOXES: usize = 128 * 1024 * 1024;

/// How long a connection may take to say what it wants.
pub const HELLO_TIME: Duration = Duration::from_secs(10);
/// How long control messages wait for each other that come soon after another, so that they share packets.
pub const GATHER: Duration = Duration::from_millis(40);
/// How long the keys of an epoch that has passed still open what was on its way.
pub const OLD_EPOCH: Duration = Duration::from_secs(10);
/// The same while nobody has left the group since: all who could seal with them are still members. Long enough that what was
/// said before a change of keys is fetched by a listener that missed it.
pub const OLD_EPOCH_SAME: Duration = Duration::from_secs(150);
/// How long a frame is kept for which there is no key yet.
pub const EARLY_TIME: Duration = Duration::from_secs(3);
/// How long a knock may wait for the door.
pub const KNOCK_TIME: Duration = Duration::from_secs(15 * 60);
/// From one knock from an address to the next, once [`ORIGIN_KNOCKS`] are used up.
pub const ORIGIN_KNOCKS_EVERY: Duration = Duration::from_secs(1);
/// From one member who comes back to an address to the next, once [`ORIGIN_RETURNS`] are used up.
pub const ORIGIN_RETURNS_EVERY: Duration = Duration::from_millis(20);
/// From one room opened from an address to the next, once [`ORIGIN_ROOMS`] are used up.
pub const ORIGIN_ROOMS_EVERY: Duration = Duration::from_secs(30);
/// From one knock at a door to the next, once [`DOOR_KNOCKS`] are used up.
pub const DOOR_KNOCKS_EVERY: Duration = Duration::from_secs(1);
/// How long a decoy remembers wrong words; by then a group would be another.
pub const DECOY_HELD: Duration = Duration::from_secs(60 * 60);
/// How long a door waits after wrong words until it looks at the next knock.
pub const GUESS_PAUSE: Duration = Duration::from_secs(5);
/// How long a door waits for a joiner's next flight.
pub const KNOCK_STALLS: Duration = Duration::from_secs(5);
/// How long an admitted member's seat waits for the door's welcome.
pub const WELCOME_TIME: Duration = Duration::from_secs(20);
/// Without a packet for this long a member is shown as away: two signs of life, or one and the probes that follow it when it's
/// lost.
pub const AWAY_AFTER: Duration = Duration::from_millis(5000);
/// How long the door's line may be gone until the next in order has the door.
pub const DOOR_HELD: Duration = Duration::from_secs(15);
/// Without a packet for this long a line is silent enough that who asks for its seat is sent what it is sent, before the
/// handshake is over.
pub const EARLY_AFTER: Duration = Duration::from_millis(3000);
/// How long the seat of a member who is away is held.
pub const SEAT_HELD: Duration = Duration::from_secs(90);
/// How long a room waits after its last member was there.
pub const ROOM_HELD: Duration = Duration::from_secs(10 * 60);
/// How long those who knock at a relay that was started again wait for its rooms to be restored.
pub const RESTORED_BY: Duration = Duration::from_secs(10);
/// How long members of a room that was restored without them may show that most of them have a longer log.
pub const RIVAL_TIME: Duration = Duration::from_secs(20);
/// Joiners who wait at once for rooms to be restored.
pub const RESTORE_KNOCKS: usize = 1024;
/// Bytes of the place of another relay; the longest name of a host and a port.
pub const RELAY_HOST: usize = 260;
/// Other relays that a member is told of.
pub const RELAYS: usize = 4;
/// How often a member is sent from one relay to the next in a row.
pub const REDIRECTS: u32 = 4;
/// Entries that share one tag of the relay.
pub const ENTRIES_AT_ONCE: usize = 32;
/// Bytes of the newest entries that a member keeps, for a relay that has lost them.
pub const ENTRIES_KEPT: usize = 256 * 1024;
/// How often a member who sends nothing else says that it is there: with the acknowledgement 0.2 kbps each way.
pub const ALIVE_EVERY: Duration = Duration::from_millis(2500);
/// How often a member to whom nothing comes says so.
pub const UNREACHED_EVERY: Duration = Duration::from_secs(1);
/// How often a member or the relay tells what the line loses, while that changes.
pub const PULSE_EVERY: Duration = Duration::from_secs(2);
/// A queue from which on a line is told of at once.
pub const QUEUE: Duration = Duration::from_millis(64);
/// How often a line is told of while a queue stands on it.
pub const QUEUE_TOLD_EVERY: Duration = Duration::from_millis(300);
/// How often a talker is told what its way up loses, while that changes.
pub const REPORT_EVERY: Duration = Duration::from_secs(2);
/// How often a talker is told again what its way up loses, while that doesn't change.
pub const REPORT_AGAIN: Duration = Duration::from_secs(10);
/// The latest moment of a group's time, in milliseconds: so far off that nothing that is added to it wraps.
pub const GROUP_MS: u64 = 1 << 53;
/// The longest that a mute of all lasts, whoever asks for more.
pub const MUTE_ALL: Duration = Duration::from_secs(60 * 60);
/// How long a talker keeps its place among the forwarded ones after its last frame.
pub const TALKER_STICKS: Duration = Duration::from_millis(300);

/// How long speech is kept for those that missed it, at the relay and at its talker. Longer than a seat is held.
pub const PAST_TIME: Duration = Duration::from_secs(120);
/// Bytes of it that a relay keeps for one room, what keeping costs included: two minutes of three who talk at once.
pub const PAST_ROOM: usize = 3 * 1024 * 1024;
/// Bytes of it that a relay keeps for all rooms together: with many, each has less.
pub const PAST_RELAY: usize = 256 * 1024 * 1024;
/// Bytes of it that a talker keeps.
pub const PAST_OWN: usize = 1024 * 1024;
/// What keeping a frame costs beside its bytes.
pub const PAST_OVERHEAD: usize = 96;
/// Bytes of frames in one answer to a listener that missed some: with all around it a tenth of a second on a line of 32 kbps.
pub const PAST_ANSWER: usize = 340;
/// What one seat may send of one kind: so many at once, then so many each second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// At once.
    pub burst: u32,
    /// Each second; not zero.
    pub per_second: u32,
}

const fn budget(burst: u32, per_second: u32) -> Budget {
    Budget { burst, per_second }
}

/// Datagrams of all kinds together, good or bad: more are not even read.
pub const DATAGRAMS: Budget = budget(1000, 500);
/// Bundles of voice: one for each frame, after a stall as well.
pub const BUNDLES: Budget = budget(FRAMES_BURST, FRAMES_PER_SECOND);
/// Answers to the relay that misses frames.
pub const RETRANSMISSIONS: Budget = budget(240, 120);
/// Signs of life: a few a second while a queue stands on the line.
pub const PULSES: Budget = budget(20, 10);
/// Probes: a row has one each 90 ms.
pub const PROBES: Budget = budget(40, 20);
/// Questions for bundles that did not come.
pub const NACKS: Budget = budget(240, 120);
/// Asks for missed frames.
pub const BACKFILL_REQUESTS: Budget = budget(60, 60);
/// Answers to the relay that has missed frames: a client gives at most 60 a second.
pub const BACKFILL_ANSWERS: Budget = budget(120, 60);
/// Tellings of the newest frame: twice after a spurt, or after a cut.
pub const NEWEST_FRAMES: Budget = budget(10, 2);
/// Reports of how talkers are heard.
pub const RECEIVER_REPORTS: Budget = budget(20, 4);
/// Bytes of actions: a hundred of the longest lines of chat, and then 16 kbps, which a narrow line carries.
pub const ACTION_BYTES: Budget = budget(128 * 1024, 2 * 1024);
/// Bytes of changes of keys: those for everybody in a full group, and for as many again.
pub const COMMIT_BYTES: Budget = budget(512 * 1024, 4 * 1024);
/// Entries of the log that are given again to a seat that comes back.
pub const ENTRIES_AGAIN: Budget = budget(4 * LOG_ENTRIES as u32, 400);
/// Second ways that a seat is given, one in the place of the other. A client looks for one every few seconds.
pub const SECOND_WAYS: Budget = budget(8, 1);
/// Control messages of all kinds together. No client sends more, so a line that does ends.
pub const MESSAGES: Budget = budget(1000, 50);
/// The door's answers to those who knock.
pub const DOOR_FLIGHTS: Budget = budget(128, 8);
/// The door's welcomes.
pub const WELCOMES: Budget = budget(64, 4);
/// Questions what there is to fetch.
pub const LISTS: Budget = budget(10, 1);
/// Tellings of how far behind a listener is.
pub const LAGS: Budget = budget(20, 10);
/// Talkers of whom a listener says at once how it hears them.
pub const REPORT_BLOCKS: usize = 8;
/// Frames that a member waits for, or that wait at a member for those before them. The oldest make room.
pub const MISSED: usize = 12_288;
/// Rows of numbers that these may be in.
pub const MISSED_RUNS: usize = 2048;
/// The same at a relay, of one talker.
pub const HOLE_RUNS: usize = 128;
