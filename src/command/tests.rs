use super::*;
use crate::ids::Attempt;
use crate::session::fixture::{NOW, act, commit, compare, group, knock, lost, nine};
use crate::session::{
    Act, Answer, Charter, Choice, Decide, Gesture, Known, Motion, Op, Order, PRIVATE_CHARS, Power, Role, RoundKind,
    Side, Spending, Turn, VoteKind,
};

fn said(line: &str, room: &Room) -> (String, String) {
    match parse(line, room) {
        Err(trouble) => text::trouble(&trouble, typed),
        Ok(command) => panic!("{line} gave {command:?}"),
    }
}

fn intent(line: &str, room: &Room) -> Intent {
    match parse(line, room) {
        Ok(Some(Command::Intent(intent))) => intent,
        other => panic!("{line} gave {other:?}"),
    }
}

fn devices() -> Known {
    let mics = ["Built-in", "USB headset", "USB webcam"].map(str::to_owned).into();
    Known { mics, speakers: vec![] }
}

#[test]
fn a_device_is_chosen_by_number_name_or_part_of_it() {
    let mut room = nine(8);
    assert_eq!(intent("/mic-device usb", &room), Intent::Device(Side::Mic, "usb".into()), "none is known yet");
    room.devices.known = Some(devices());
    assert_eq!(parse("/mic-device", &room), Ok(Some(Command::Devices(Side::Mic))));
    assert_eq!(intent("/mic-device usb w", &room), Intent::Device(Side::Mic, "USB webcam".into()));
    for (line, problem, hint) in [
        ("/mic-device usb", "No microphone is called \"usb\", or several are.", "Built-in, USB headset and USB webcam"),
        ("/mic-device 4", "No microphone is called \"4\"", "Built-in"),
        ("/speaker-device 1", "No speaker was found.", "Plug one in"),
        ("/volume ana 300", "A member can be heard at 50 to 200 %.", "/volume Ana 150"),
        ("/volume ana loud", "A member can be heard at 50 to 200 %.", "/volume Ana 150"),
        ("/volume ivy 150", "That is you.", "the others"),
        ("/volume", "/volume needs more words.", "/volume NAME PERCENT"),
    ] {
        let (said, next) = said(line, &room);
        assert!(said.starts_with(problem) && next.contains(hint), "{line}: {said} {next}");
    }
}

#[test]
fn every_command_of_the_table_is_understood() {
    let mut room = nine(0);
    knock(&mut room, 7, "Jo", 3);
    assert_eq!(said("/giveback", &room).0, "Nobody here has come in by the name of a member who is away.");
    commit(&mut room, &[(20, "gus")], &[]);
    room.devices.known = Some(devices());
    let lines = [
        ("/mic on", Intent::Mic { open: true }),
        ("/mic OFF", Intent::Mic { open: false }),
        ("/hand", Intent::Hand { up: true }),
        ("/hand up", Intent::Hand { up: true }),
        ("/admit jo", Intent::Admit(Whom::One(Attempt(7)))),
        ("/admit all", Intent::Admit(Whom::All)),
        ("/decline Jo", Intent::TurnAway(Attempt(7))),
        ("/mute ANA", Intent::Mute { whom: Whom::One(SeatId(1)), muted: true }),
        ("/mute all", Intent::Mute { whom: Whom::All, muted: true }),
        ("  /unmute  fa  ", Intent::Mute { whom: Whom::One(SeatId(6)), muted: false }),
        ("/unmute all", Intent::Mute { whom: Whom::All, muted: false }),
        ("/lock", Intent::Lock { locked: true }),
        ("/remove Bo", Intent::Remove(SeatId(2))),
        ("/try", Intent::AllowTry),
        ("/newcode", Intent::NewCode),
        ("/verify", Intent::Verify),
        ("/close", Intent::Close),
        ("/role ana co", Intent::Role(SeatId(1), Role::CoFacilitator)),
        ("/role  Bo  FACILITATOR", Intent::Role(SeatId(2), Role::Facilitator)),
        ("/role fay member", Intent::Role(SeatId(6), Role::Member)),
        ("/takeback", Intent::TakeBack),
        ("/giveback", Intent::GiveBack(SeatId(20))),
        ("/giveback gus 2", Intent::GiveBack(SeatId(20))),
        ("/giveback Gus", Intent::GiveBack(SeatId(20))),
        ("/ask", Intent::Turn(Turn::Ask { up: true })),
        ("/stick an", Intent::Stick(Some(SeatId(1)))),
        ("/stick DOWN", Intent::Stick(None)),
        ("/done", Intent::Turn(Turn::Done)),
        ("/pass", Intent::Turn(Turn::Pass)),
        ("/later", Intent::Turn(Turn::Later)),
        ("/yes", Intent::Turn(Turn::Yes)),
        ("/back", Intent::Turn(Turn::Back)),
        ("/next", Intent::Turn(Turn::Next(SeatId(3)))),
        ("/next bo", Intent::Turn(Turn::Next(SeatId(2)))),
        ("/order least", Intent::Turn(Turn::Order(Order::Least))),
        ("/order hands", Intent::Turn(Turn::Order(Order::Hands))),
        ("/round checkin", Intent::Turn(Turn::Round(RoundKind::CheckIn, None))),
        ("/round CheckOut 90", Intent::Turn(Turn::Round(RoundKind::CheckOut, Some(90)))),
        ("/round free", Intent::Turn(Turn::Round(RoundKind::Free, None))),
        ("/round end", Intent::Turn(Turn::EndRound)),
        ("/agenda What we  spend 10", Intent::Turn(Turn::Point("What we  spend".into(), 10))),
        ("/agenda next", Intent::Turn(Turn::NextPoint)),
        ("/agenda clear", Intent::Turn(Turn::ClearAgenda)),
        ("/break 10", Intent::Turn(Turn::Break(10))),
        ("/break end", Intent::Turn(Turn::EndBreak)),
        ("/bell 45", Intent::Turn(Turn::Bell(Some(45)))),
        ("/bell off", Intent::Turn(Turn::Bell(None))),
        ("/mic-device 2", Intent::Device(Side::Mic, "USB headset".into())),
        ("/mic-device HEAD", Intent::Device(Side::Mic, "USB headset".into())),
        ("/speaker-device DEFAULT", Intent::Device(Side::Speaker, String::new())),
        ("/volume ana 150", Intent::Volume(SeatId(1), 150)),
        ("/volume Bo  50%", Intent::Volume(SeatId(2), 50)),
        ("/plan FULL", Intent::Spend(Spending::Full)),
        ("/aloud", Intent::PlayAloud),
        ("/help-me", Intent::HelpMe),
        ("/here", Intent::Gesture(Gesture::Here)),
        ("/applaud", Intent::Gesture(Gesture::Applause)),
        ("/private ana I  am not well", Intent::Private(SeatId(1), "I  am not well".into())),
        ("/PRIVATE An hi", Intent::Private(SeatId(1), "hi".into())),
        ("/followup Bo call the sister", Intent::FollowUp(SeatId(2), "call the sister".into())),
        ("/followup hal call home", Intent::FollowUp(SeatId(0), "call home".into())),
    ];
    for (line, wanted) in &lines {
        assert_eq!(&intent(line, &room), wanted, "{line}");
    }
    let others = [Command::Who, Command::Link, Command::Invite, Command::Help(String::new()), Command::Quit];
    for (line, wanted) in ["/who", "/link", "/invite", "/HELP", "/quit"].into_iter().zip(others) {
        assert_eq!(parse(line, &room), Ok(Some(wanted)), "{line}");
    }
    for (line, level) in
        [("/verbose", None), ("/verbose 1", Some(Verbosity::Quiet)), ("/verbose 3", Some(Verbosity::All))]
    {
        assert_eq!(parse(line, &room), Ok(Some(Command::Verbose(level))), "{line}");
    }
    assert!(said("/verbose 4", &room).0.ends_with("was not understood."));
    for (line, wanted) in [("/rules", Command::Rules), ("/privacy", Command::Privacy)] {
        assert_eq!(parse(line, &room), Ok(Some(wanted)), "{line}");
    }
    assert_eq!(parse("/agenda", &room), Ok(Some(Command::Agenda)));
    for short in ["/round", "/break", "/bell", "/stick"] {
        assert!(said(short, &room).0.ends_with("needs more words."), "{short}");
    }
    for wrong in ["/round soon", "/round free 9 9", "/round free x", "/break soon", "/bell 5 6", "/hand maybe"] {
        assert!(said(wrong, &room).0.ends_with("was not understood."), "{wrong}");
    }
    assert_eq!(said("/hand maybe", &room).1, "Type /hand by itself, or with up or down.");
    let gone = "Bo has no hand up, and does not ask to speak.";
    let mut room = room;
    act(&mut room, 2, Act::None, Op::Hand { up: false });
    assert_eq!(said("/next Bo", &room).0, gone);
    assert_eq!(said("/agenda Money", &room).0, "A point of the agenda needs its minutes.");
    assert_eq!(said("/pass now", &room).0, "/pass stands alone.");
    let outside = Room { phase: Phase::Waiting, ..Room::default() };
    for (line, wanted) in [("/agree", Intent::Agree), ("/sound", Intent::SoundCheck)] {
        assert_eq!(intent(line, &outside), wanted, "{line}");
        let inside = if line == "/agree" {
            "There is no proposal for that at the moment."
        } else {
            "You are in the circle already."
        };
        assert_eq!(said(line, &room).0, inside);
    }
    assert_eq!(said("/skip", &room).0, "There is nothing to skip.");
    room.behind.insert(SeatId(0), 12);
    assert_eq!(intent("/skip", &room), Intent::SkipMissed);
    let mut listening = nine(8);
    assert_eq!(said("/match", &listening).0, "Nothing is being compared at the moment.");
    compare(&mut listening, 5);
    let words = listening.words.take();
    assert_eq!(said("/match", &listening).0, "The words are not here yet.");
    listening.words = words;
    for (line, same) in [("/match", true), ("/mismatch", false)] {
        assert_eq!(intent(line, &listening), Intent::Verified { same }, "{line}");
    }
    act(&mut listening, 8, Act::None, Op::Verified { same: true });
    assert_eq!(said("/mismatch", &listening).0, "You have answered already.");
    listening.me = Some(SeatId(0));
    assert_eq!(said("/match", &listening).0, "You read the words aloud.");
    assert_eq!(said("/verify", &group(&["Hal"], 0)).0, "Nobody else is here.");
    for entry in COMMANDS {
        let tried = |line: &str| line.trim().split(' ').next() == Some(&format!("/{}", entry.typed));
        let known = [
            "/who",
            "/link",
            "/invite",
            "/help",
            "/quit",
            "/rules",
            "/privacy",
            "/agree",
            "/sound",
            "/match",
            "/handled",
            "/note",
            "/mismatch",
            "/propose",
            "/amend",
            "/withdraw",
            "/aside",
            "/block",
            "/test",
            "/vote",
            "/ballot",
            "/motion",
            "/minutes",
            "/proposal",
            "/save",
            "/skip",
            "/unlock",
            "/lead",
            "/verbose",
            "/copy",
        ];
        assert!(lines.iter().any(|(line, _)| tried(line)) || known.iter().any(|line| tried(line)), "{}", entry.typed);
        assert!(help(&room, "").iter().any(|line| line.starts_with(&format!("/{}", entry.typed))));
    }
}

#[test]
fn all_else_is_chat_and_two_slashes_are_one() {
    let room = nine(8);
    assert_eq!(intent("hello / all", &room), Intent::Chat("hello / all".to_owned()));
    assert_eq!(intent("//mute is a command", &room), Intent::Chat("/mute is a command".to_owned()));
    assert_eq!(parse(" \t", &room), Ok(None));
}

#[test]
fn a_hand_without_a_word_changes() {
    let mut room = nine(3);
    assert_eq!(intent("/hand", &room), Intent::Hand { up: false });
    room.state.turns.queue.hands.clear();
    assert_eq!(intent("/hand", &room), Intent::Hand { up: true });
}

#[test]
fn names_are_found_by_what_only_they_begin_with() {
    let room = group(&["Hal", "Ana", "Anna", "ana", "Zoë"], 0);
    let mute = |line: &str| intent(&format!("/mute {line}"), &room);
    assert_eq!(mute("ana"), Intent::Mute { whom: Whom::One(SeatId(1)), muted: true });
    assert_eq!(mute("ANA 2"), Intent::Mute { whom: Whom::One(SeatId(3)), muted: true });
    assert_eq!(mute("ann"), Intent::Mute { whom: Whom::One(SeatId(2)), muted: true });
    assert_eq!(mute("ZOË"), Intent::Mute { whom: Whom::One(SeatId(4)), muted: true });
    let (message, hint) = said("/mute an", &room);
    assert_eq!(message, "Several names begin with \"an\".");
    assert_eq!(hint, "Type a little more: Ana, Anna and ana 2.");
    let (message, hint) = said("/remove Bo", &room);
    assert_eq!(message, "Nobody here is called \"Bo\".");
    assert_eq!(hint, "Here are Ana, Anna, ana 2, Zoë and Hal.");
    assert_eq!(said("/remove hal", &room).0, "That is you.");
}

#[test]
fn two_at_the_door_with_one_name_are_told_apart_by_a_number() {
    let mut room = nine(0);
    assert_eq!(parse("/admit jo", &room), Err(Trouble::NobodyWaits));
    assert_eq!(parse("/admit all", &room), Err(Trouble::NobodyWaits));
    for (attempt, name) in [(4, "Jo"), (5, "Kim"), (6, "jo")] {
        knock(&mut room, attempt, name, 9);
    }
    let (message, hint) = said("/admit JO", &room);
    assert_eq!(message, "2 people at the door are called \"Jo\".");
    assert_eq!(hint, "For the first of them, type /admit Jo 1; for the second, type /admit Jo 2.");
    assert_eq!(intent("/admit jo 2", &room), Intent::Admit(Whom::One(Attempt(6))));
    assert_eq!(intent("/decline jo 1", &room), Intent::TurnAway(Attempt(4)));
    assert_eq!(said("/admit jo 3", &room).1, "At the door: Jo, Kim and jo.");
}

#[test]
fn what_cannot_be_done_now_is_said_kindly() {
    let member = nine(8);
    for entry in COMMANDS.iter().filter(|entry| entry.needs == Use::Facilitator) {
        assert_eq!(parse(&format!("/{} all", entry.typed), &member), Err(Trouble::NotFacilitator), "{}", entry.typed);
    }
    let outside = Room { phase: Phase::Waiting, ..Room::default() };
    assert_eq!(said("hello", &outside).0, "You are not in the circle yet.");
    assert_eq!(said("/who", &outside).0, "You are not in the circle yet.");
    assert_eq!(parse("/quit", &outside), Ok(Some(Command::Quit)));
    assert_eq!(intent("/mic off", &outside), Intent::Mic { open: false });
    assert_eq!(said("/mic", &member), ("/mic needs more words.".to_owned(), "Type /mic on or off.".to_owned()));
    assert_eq!(said("/who Ana", &member), ("/who stands alone.".to_owned(), "Type /who by itself.".to_owned()));
    assert_eq!(said("/lin", &member).1, "Did you mean /link?");
    assert_eq!(said("/dance", &member).1, "To see what there is, type /help; to send the line as it is, type //dance.");
    assert_eq!(said("/", &member).0, "There is no /.");
}

#[test]
fn what_was_typed_is_repeated_without_escapes() {
    let (message, _) = said("/mute \u{1b}[31mX\u{202e}", &nine(0));
    assert_eq!(message, "Nobody here is called \"[31mX\".");
}

#[test]
fn decisions_are_typed() {
    let mut room = nine(8);
    let decide = |line: &str, room: &Room| match intent(line, room) {
        Intent::Decide(what) => what,
        other => panic!("{line} gave {other:?}"),
    };
    let ana = (SeatId(1), room.state.circle.seats[&SeatId(1)].arrival);
    let motion = |motion| Decide::Propose(String::new(), motion);
    assert_eq!(decide("/propose Break at three", &room), Decide::Propose("Break at three".into(), Motion::Text));
    let peer = Motion::Charter(Charter::PEER);
    let lobby = Motion::Charter(Charter::FACILITATED.with("lobby", "two yeses").expect("sound"));
    for (line, wanted) in [
        ("/motion role ana facilitator", Motion::Role(ana.0, ana.1, Role::Facilitator)),
        ("/motion role Ana co", Motion::Role(ana.0, ana.1, Role::CoFacilitator)),
        ("/motion rotate", Motion::Role(ana.0, ana.1, Role::Facilitator)),
        ("/motion charter peer", peer),
        ("/motion charter lobby two yeses", lobby),
        ("/motion remove Ana", Motion::Permit(Power::Remove, Some(ana))),
        ("/motion mute all", Motion::Permit(Power::MuteAll, None)),
        ("/motion close", Motion::Permit(Power::Close, None)),
    ] {
        assert_eq!(decide(line, &room), motion(wanted), "{line}");
    }
    for line in ["/motion", "/vote", "/save"] {
        assert!(said(line, &room).0.ends_with("needs more words."), "{line}");
    }
    for line in ["/motion role Ana", "/motion role Ana queen", "/ballot maybe"] {
        assert!(said(line, &room).0.ends_with("was not understood."), "{line}");
    }
    assert_eq!(said("/motion role Zed facilitator", &room).0, "Nobody here is called \"Zed\".");
    assert_eq!(said("/motion charter colour red", &room).0, "A charter has no point called \"colour\".");
    assert_eq!(said("/ballot yes", &room).0, "Nothing is being voted on.");
    assert_eq!(parse("/minutes", &room), Ok(Some(Command::Minutes)));
    assert_eq!(parse("/save My Minutes.md", &room), Ok(Some(Command::Save("My Minutes.md".into()))));
    act(&mut room, 1, Act::None, Op::Decide(Decide::Propose("Break at three".into(), Motion::Text)));
    assert_eq!(decide("/agree", &room), Decide::Answer(1, Answer::Agree));
    assert_eq!(decide("/block It is early", &room), Decide::Answer(1, Answer::Block("It is early".into())));
    assert_eq!(decide("/vote secret", &room), Decide::Vote(1, VoteKind::Secret));
    act(&mut room, 1, Act::None, Op::Decide(Decide::Vote(1, VoteKind::Open)));
    assert_eq!(decide("/ballot abstain", &room), Decide::Ballot(1, Choice::Abstain));
    assert_eq!(decide("/vote end", &room), Decide::EndVote(1));
    room.me = Some(SeatId(0));
    assert_eq!(decide("/minutes", &room), Decide::ReadBack);
    act(&mut room, 1, Act::None, Op::Decide(Decide::EndVote(1)));
}

#[test]
fn a_private_word_goes_to_one_by_the_whole_name_or_to_nobody() {
    let room = group(&["Hal", "Ana", "Ana Bell", "Andy"], 0);
    assert_eq!(intent("/private ana hello", &room), Intent::Private(SeatId(1), "hello".into()));
    assert_eq!(intent("/private ana bell hello", &room), Intent::Private(SeatId(2), "hello".into()));
    // From a menu the name stands by itself, so that no text is taken for more of it.
    assert_eq!(intent("/private Ana\nBell is late", &room), Intent::Private(SeatId(1), "Bell is late".into()));
    // Whatever is wrong with it, it never becomes a line that all can read.
    let long = format!("/private Ana {}", "x".repeat(PRIVATE_CHARS + 1));
    for wrong in ["/private", "/private Ana", "/private an hello", "/private Zoe hello", "/private Hal hello", &long] {
        assert!(parse(wrong, &room).is_err(), "{wrong}");
    }
    assert!(parse("/privat Ana hello", &room).is_err() && parse("/ private Ana hello", &room).is_err());
    let full = format!("/private Ana {}", "x".repeat(PRIVATE_CHARS));
    assert!(parse(&full, &room).is_ok());
}

#[test]
fn an_alarm_or_a_call_for_help_is_seen_to_by_name() {
    let mut room = nine(0);
    assert_eq!(parse("/handled Gus", &room), Err(Trouble::NothingToHandle));
    let arrivals = [7, 4].map(|seat| room.state.circle.seats[&SeatId(seat)].arrival);
    lost(&mut room, 7);
    room.confided.help.insert(arrivals[1], NOW);
    assert_eq!(intent("/handled gus", &room), Intent::Handled(arrivals[0]));
    assert_eq!(intent("/handled De", &room), Intent::Handled(arrivals[1]));
    assert_eq!(parse("/handled Ivy", &room), Err(Trouble::NothingToHandle));
    assert_eq!(parse("/handled Gus", &nine(8)), Err(Trouble::NotFacilitator));
    let outside = Room { phase: Phase::Waiting, ..Room::default() };
    assert_eq!(intent("/note call my sister", &outside), Intent::Note("call my sister".into()));
    assert!(parse("/note call my sister", &room).is_err(), "a note is for the time at the door");
}

#[test]
fn what_is_so_already_is_told_and_not_passed_over() {
    let mut room = nine(0);
    act(&mut room, 0, Act::None, Op::Hand { up: true });
    assert_eq!(intent("/hand down", &room), Intent::Hand { up: false });
    for (line, wanted) in [
        ("/hand up", "Your hand is up already."),
        ("/unlock", "The door is not locked."),
        ("/mute Fay", "Fay is muted already."),
        ("/unmute Bo", "Bo is not muted."),
    ] {
        assert_eq!(said(line, &room).0, wanted, "{line}");
    }
    act(&mut room, 0, Act::None, Op::Hand { up: false });
    act(&mut room, 0, Act::Lock(true), Op::Direct);
    assert_eq!(said("/hand down", &room).0, "Your hand is not up.");
    assert_eq!(said("/lock", &room).0, "The door is locked already.");
    assert_eq!(intent("/unlock", &room), Intent::Lock { locked: false });
}

#[test]
fn who_has_answered_the_minutes_can_think_again() {
    let mut room = nine(8);
    for (by, what) in [(0, Decide::ReadBack), (8, Decide::Minutes { right: true })] {
        act(&mut room, by, Act::None, Op::Decide(what));
    }
    assert_eq!(intent("/block", &room), Intent::Decide(Decide::Minutes { right: false }));
    assert_eq!(intent("/agree", &room), Intent::Decide(Decide::Minutes { right: true }));
}

#[test]
fn care_is_refused_in_words_that_fit() {
    let room = nine(8);
    assert_eq!(said("/private Ivy hello", &room).0, "That is you.");
    assert_eq!(said("/followup Ana call her", &room).0, "You can say this only for yourself.");
    assert!(matches!(intent("/followup Ivy call my sister", &room), Intent::FollowUp(..)));
}

#[test]
fn what_is_too_long_is_told_and_not_cut() {
    let mut room = nine(8);
    let long = "x".repeat(5000);
    act(&mut room, 4, Act::None, Op::Decide(Decide::Propose("Break at three".into(), Motion::Text)));
    for line in [long.clone(), format!("/propose {long}"), format!("/block {long}"), format!("/agenda {long} 5")] {
        let (message, hint) = said(&line, &room);
        assert_eq!(message, "That is too long for one line, and was not sent.", "{}", &line[..9]);
        assert!(hint.starts_with("It has 5000 letters"), "{hint}");
    }
}
