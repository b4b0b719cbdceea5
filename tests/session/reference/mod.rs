//! Random wishes of all members, legal and illegal, against a naive model of the group: after each of them all screens show
//! what the model says, and a member whose wish can't be is told so, once and alone.

mod draw;
mod intent;
mod model;
mod shown;

use std::collections::BTreeMap;
use std::ops::Range;
use std::time::Duration;

use ingle::session::{Event, Phase, Room, Trouble};
use ingle::sim::{Step, World};
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

use self::draw::wish;
use self::intent::intent;
use self::model::{Model, Wish};
use self::shown::shown;

/// Wishes a session.
const WISHES: usize = 80;
/// The latest moment after a due time at which it is in the log.
const TOLD: u64 = 15_000;
/// The time in which a newcomer who knocks is in.
const LET_IN: Duration = Duration::from_secs(20);

/// So long after a crash the seat is given up, and everybody has heard of it.
const VANISHED: Duration = Duration::from_secs(110);

/// Which are played.
fn seeds() -> Range<u64> {
    crate::fault_script::range(200)
}

/// How often each kind of wish was taken, and how often refused.
type Kinds = BTreeMap<String, [u64; 2]>;

#[test]
fn screens_show_what_a_naive_model_says() {
    let two = [0, 1].map(|first| std::thread::spawn(move || play_every_second(first)));
    let (mut kinds, mut decided) = (Kinds::new(), 0);
    for half in two {
        let (some, past) = half.join().expect("no divergence");
        decided += past;
        some.into_iter().for_each(|(kind, counts)| add(&mut kinds, kind, counts));
    }
    let [taken, refused] = kinds.values().fold([0, 0], |[a, b], [c, d]| [a + c, b + d]);
    let count = seeds().count() as u64;
    println!("{count} seeds, {taken} wishes taken, {refused} refused, {decided} proposals decided");
    println!("{kinds:?}");
    let all = count * WISHES as u64;
    assert!(taken > all / 4 && refused > all / 8, "the draw is one-sided");
    assert!(decided as u64 >= count / 2, "little is decided");
    let always = ["Wait", "Hand", "Say", "Come", "Here", "Go", "Vanish"];
    let never = ["TakeBack", "Note"];
    for (kind, [taken, refused]) in kinds.iter().filter(|_| count >= 100) {
        assert!(*taken > 0 || never.contains(&kind.as_str()), "no {kind} is ever taken");
        assert!(*refused > 0 || always.contains(&kind.as_str()), "no {kind} is ever refused");
    }
}

fn add(kinds: &mut Kinds, kind: String, [taken, refused]: [u64; 2]) {
    let counts = kinds.entry(kind).or_default();
    *counts = [counts[0] + taken, counts[1] + refused];
}

/// Plays every second seed from this one on: what became of the wishes, and how much was decided.
fn play_every_second(first: usize) -> (Kinds, usize) {
    let (mut kinds, mut decided) = (Kinds::new(), 0);
    for seed in seeds().skip(first).step_by(2) {
        decided += play(seed, &mut kinds).unwrap_or_else(|fault| panic!("seed {seed}: {fault}"));
    }
    (kinds, decided)
}

/// How much was decided.
fn play(seed: u64, kinds: &mut Kinds) -> Result<usize, String> {
    let (count, outside) = (3 + (seed % 4) as usize, (seed % 3) as usize);
    let mut world = World::new(count + outside, seed);
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    (0..count).for_each(|member| {
        world.take_step(Step::Start(member));
        world.pass(Duration::from_secs(2));
    });
    world.pass(Duration::from_secs(20));
    world.told_since();
    let mut model = Model::new(count, outside, group_ms(&world, 0));
    let mut story = Vec::new();
    for _ in 0..WISHES {
        // Close before something ends it would be open on which side the wish falls.
        while model.ends().any(|end| (model.now.saturating_sub(500)..model.now + 500).contains(&end)) {
            world.pass(Duration::from_millis(500));
            model.now = group_ms(&world, model.door());
        }
        let (who, wish) = wish(&mut rng, &model);
        story.push(format!("{who}: {wish:?}"));
        let heads = screens(&world, &model, |room| room.state.index);
        model.now = group_ms(&world, model.door());
        let takes = model.wish(who, &wish);
        let kind = format!("{wish:?}").split(['(', ' ']).next().unwrap_or_default().to_owned();
        add(kinds, kind, [u64::from(takes), u64::from(!takes)]);
        if let Wish::Wait = wish {
            model.now += 400_000;
            world.pass(Duration::from_secs(400));
        } else if let Wish::Come = wish {
            world.take_step(Step::Start(model.members - 1));
            world.pass(LET_IN);
            model.now = group_ms(&world, model.door());
        } else if let Wish::Vanish = wish {
            world.take_step(Step::Crash(who));
            world.pass(VANISHED);
            model.now += VANISHED.as_millis() as u64;
        } else {
            world.want(who, intent(&wish));
            // Close before something ends by time it would be open on which side the wish falls; so it is waited for.
            let soon = |end: u64| (model.now + 1000..model.now + TOLD).contains(&end);
            let wait = if model.ends().any(soon) { 2 * TOLD } else { 1000 };
            world.pass(Duration::from_millis(wait));
            model.now += wait;
        }
        model.time();
        let troubles: Vec<_> = world.told_since().into_iter().filter(|(_, told)| is_trouble(told)).collect();
        let told: Vec<usize> = troubles.iter().map(|(member, _)| *member).collect();
        let wrong = if takes && !told.is_empty() {
            Some(format!("{troubles:?} were told"))
        } else if !takes && told != [who] {
            Some(format!("{troubles:?} were told, not only {who}"))
        } else if !takes && screens(&world, &model, |room| room.state.index) != heads {
            Some("what can't be came into the log".to_owned())
        } else {
            let screens = screens(&world, &model, |room| shown(room, &model));
            let came = (screens.len() != model.count()).then(|| format!("{} are in", screens.len()));
            came.or_else(|| screens.into_iter().find_map(Result::err))
        };
        if let Some(wrong) = wrong {
            return Err(format!("{wrong}\nafter\n{}\nthe model: {model:?}", story.join("\n")));
        }
    }
    world.settle()?;
    Ok(model.past.len())
}

/// Whether somebody is told that a wish can't be carried out. Where the door is open nobody waits any more for the yes that the
/// simulated facilitator says to all who knock.
fn is_trouble(told: &Event) -> bool {
    matches!(told, Event::Trouble(trouble) if *trouble != Trouble::NobodyWaits)
}

fn group_ms(world: &World, who: usize) -> u64 {
    world.room(who).map_or(0, |room| room.group_ms(world.now()))
}

/// The screens of those who are in the group.
fn screens<T>(world: &World, model: &Model, look: impl Fn(&Room) -> T) -> Vec<T> {
    let there = |room: &&Room| matches!(room.phase, Phase::In);
    model.circle().filter_map(|member| world.room(member)).filter(there).map(look).collect()
}
