//! Random wishes of all members, legal and illegal, against a naive model of the group: after each of them all screens show
//! what the model says, and who wished for what can't be is told so once, and nobody else.

mod draw;
mod model;

use std::time::Duration;

use ingle::session::{Choice, Decide, Happening, How, Intent, Room, Tally, Turn, VoteKind, Whom};
use ingle::sim::{Step, World};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use self::draw::wish;
use self::model::{Answer, End, Model, Open, Vote, Voted, Wish};

/// Wishes a session.
const WISHES: usize = 40;
/// What ends by time is in the log so long after it, at the latest.
const TOLD: u64 = 15_000;

/// How many are played.
fn seeds() -> u64 {
    crate::storm::seeds(200)
}

#[test]
fn screens_show_what_a_naive_model_says() {
    let two = [0, 1].map(|first| std::thread::spawn(move || play_every_second(first)));
    let [(a, b, c), (d, e, f)] = two.map(|half| half.join().expect("no divergence"));
    let (taken, refused, decided) = (a + d, b + e, c + f);
    println!("{} seeds, {taken} wishes taken, {refused} refused, {decided} proposals decided", seeds());
    let all = seeds() * WISHES as u64;
    assert!(taken > all / 4 && refused > all / 8, "the draw is one-sided");
    assert!(decided as u64 > seeds() / 3, "little is decided");
}

/// Plays every second seed from this one on: how many wishes were taken, how many refused, and how much was decided.
fn play_every_second(first: u64) -> (u64, u64, usize) {
    let (mut taken, mut refused, mut decided) = (0, 0, 0);
    for seed in (first..seeds()).step_by(2) {
        let model = play(seed).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
        taken += model.taken;
        refused += model.refused;
        decided += model.past.len();
    }
    (taken, refused, decided)
}

fn play(seed: u64) -> Result<Model, String> {
    let count = 3 + (seed % 4) as usize;
    let mut world = World::new(count, seed);
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    (0..count).for_each(|member| {
        world.take_step(Step::Start(member));
        world.pass(Duration::from_secs(2));
    });
    world.pass(Duration::from_secs(20));
    world.told_since();
    let mut model = Model::new(count, group_ms(&world));
    let mut story = Vec::new();
    for _ in 0..WISHES {
        // Close before something ends it would be open on which side the wish falls.
        while model.ends().any(|end| (model.now.saturating_sub(500)..model.now + 500).contains(&end)) {
            world.pass(Duration::from_millis(500));
            model.now = group_ms(&world);
        }
        let (who, wish) = wish(&mut rng, &model);
        story.push(format!("{who}: {wish:?}"));
        let heads = screens(&world, |room| room.state.index);
        model.now = group_ms(&world);
        let takes = model.wish(who, &wish);
        if let Wish::Wait = wish {
            model.now += 400_000;
            world.pass(Duration::from_secs(400));
        } else {
            world.want(who, intent(&wish));
            // Close before something ends by time it would be open on which side the wish falls; so it is waited for.
            let soon = |end: u64| (model.now + 1000..model.now + TOLD).contains(&end);
            let wait = if model.ends().any(soon) { 2 * TOLD } else { 1000 };
            world.pass(Duration::from_millis(wait));
            model.now += wait;
        }
        model.time();
        let troubles: Vec<_> =
            world.told_since().into_iter().filter(|(_, told)| matches!(told, Happening::Trouble(_))).collect();
        let told: Vec<usize> = troubles.iter().map(|(member, _)| *member).collect();
        let wrong = if takes && !told.is_empty() {
            Some(format!("{troubles:?} were told"))
        } else if !takes && told != [who] {
            Some(format!("{troubles:?} were told, not only {who}"))
        } else if !takes && screens(&world, |room| room.state.index) != heads {
            Some("what can't be came into the log".to_owned())
        } else {
            screens(&world, |room| shown(room, &model)).into_iter().find_map(Result::err)
        };
        if let Some(wrong) = wrong {
            return Err(format!("{wrong}\nafter\n{}\nthe model: {model:?}", story.join("\n")));
        }
    }
    world.settle()?;
    Ok(model)
}

fn group_ms(world: &World) -> u64 {
    world.room(0).map_or(0, |room| room.group_ms(world.now()))
}

fn screens<T>(world: &World, look: impl Fn(&Room) -> T) -> Vec<T> {
    (0..).map_while(|member| world.room(member)).map(look).collect()
}

fn intent(wish: &Wish) -> Intent {
    Intent::Decide(match wish.clone() {
        Wish::Wait => return Intent::Mic(false),
        Wish::Hand(up) => return Intent::Hand(up),
        Wish::Say(line) => return Intent::Chat(line),
        Wish::Mute(whom, muted) => return Intent::FloorMute(Whom::One(model::seat(whom)), muted),
        Wish::Yes => return Intent::Turn(Turn::Yes),
        Wish::Stick(to) => return Intent::Stick(to.map(model::seat)),
        Wish::Ask(up) => return Intent::Turn(Turn::Ask(up)),
        Wish::MuteOthers(muted) => return Intent::FloorMute(Whom::All, muted),
        Wish::Lock(locked) => return Intent::Lock(locked),
        Wish::Propose(text) => Decide::Propose(text, ingle::session::Motion::Text),
        Wish::Amend(id, text) => Decide::Amend(id, text),
        Wish::Withdraw(id) => Decide::Withdraw(id),
        Wish::Answer(id, answer, why) => Decide::Answer(
            id,
            match answer {
                Answer::Agree => ingle::session::Answer::Agree,
                Answer::Aside => ingle::session::Answer::Aside,
                Answer::Block => ingle::session::Answer::Block(why),
            },
        ),
        Wish::Test(id) => Decide::Test(id),
        Wish::Vote(id, secret) => Decide::Vote(id, if secret { VoteKind::Secret } else { VoteKind::Open }),
        Wish::Ballot(id, voted) => Decide::Ballot(id, choice(voted)),
        Wish::EndVote(id) => Decide::EndVote(id),
    })
}

fn choice(voted: Voted) -> Choice {
    match voted {
        Voted::Yes => Choice::Yes,
        Voted::No => Choice::No,
        Voted::Neither => Choice::Abstain,
    }
}

/// Whether a screen shows what the model says.
fn shown(room: &Room, model: &Model) -> Result<(), String> {
    let state = &room.state;
    let same = |what: &str, screen: String, wanted: String| {
        if screen == wanted { Ok(()) } else { Err(format!("{what}: {screen} on a screen, {wanted} in the model")) }
    };
    let hands: Vec<usize> = state.hands.iter().map(|seat| usize::from(seat.0)).collect();
    same("hands", format!("{hands:?}"), format!("{:?}", model.hands))?;
    let muted: Vec<usize> =
        state.seats.iter().filter(|(_, member)| member.floor_muted).map(|(seat, _)| usize::from(seat.0)).collect();
    same("muted", format!("{muted:?}"), format!("{:?}", model.muted.iter().collect::<Vec<_>>()))?;
    same("all muted", room.is_quiet().to_string(), model.quiet().to_string())?;
    let number = |seat: &ingle::ids::SeatId| usize::from(seat.0);
    let floor = &state.turns.floor;
    same("stick", format!("{:?}", floor.holder.as_ref().map(number)), format!("{:?}", model.stick))?;
    same("asking", format!("{:?}", floor.asks.iter().map(number).collect::<Vec<_>>()), format!("{:?}", model.asks))?;
    same("locked", state.locked.to_string(), model.locked.to_string())?;
    let chat: Vec<_> = room.chat.iter().map(|line| (line.from.clone(), line.text.clone())).collect();
    let said: Vec<_> = model.chat.iter().map(|(who, line)| (format!("Member {who}"), line.clone())).collect();
    same("chat", format!("{chat:?}"), format!("{said:?}"))?;
    let open: Vec<Open> = state
        .decisions
        .open
        .iter()
        .map(|open| {
            let [agree, aside, block] = open.answered();
            let vote = open.vote.as_ref().map(|vote| match vote.kind {
                VoteKind::Open => Vote::Open(numbers(vote.tally())),
                VoteKind::Secret => Vote::Secret(state.poll.as_ref().map_or(0, |poll| poll.turnout().0)),
            });
            Open {
                id: open.id,
                by: usize::from(open.by.0.0),
                text: open.text.clone(),
                said: [agree, aside, block],
                testing: open.test.is_some(),
                tested: open.tested,
                vote,
            }
        })
        .collect();
    same("open", format!("{open:?}"), format!("{:?}", model.shown()))?;
    let past: Vec<(u32, String, End)> =
        state.decisions.past.iter().map(|past| (past.id, past.text.clone(), end(past.how))).collect();
    same("past", format!("{past:?}"), format!("{:?}", model.past))
}

fn numbers(tally: Tally) -> [usize; 3] {
    [tally.yes.into(), tally.no.into(), tally.abstain.into()]
}

fn end(how: How) -> End {
    match how {
        How::Agreed { agree, aside, block } => End::Agreed([agree.into(), aside.into(), block.into()]),
        How::Passed(kind, tally) => End::Voted(true, kind == VoteKind::Secret, numbers(tally)),
        How::Rejected(kind, tally) => End::Voted(false, kind == VoteKind::Secret, numbers(tally)),
        How::LeftOpen => End::LeftOpen,
    }
}
