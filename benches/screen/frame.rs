//! One frame of the room.

use std::time::Duration;

use criterion::{BatchSize, Criterion};
use ingle::ids::{SeatId, Time};
use ingle::session::{ChatLine, Event, Phase, Room, RoundKind, Speaking, Turn};
use ingle::sim::{Step, World};
use ingle::text::Language;
use ingle::tui::{Model, Theme, view};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const MEMBERS: usize = 12;
const AREA: Rect = Rect { x: 0, y: 0, width: 80, height: 24 };
const NOW: Time = Time(3_600_000_000);

/// Twelve in a round, three of whom speak, with as much chat as is kept.
fn twelve() -> Room {
    let mut world = World::new(MEMBERS, 7);
    for member in 0..MEMBERS {
        world.take_step(Step::Start(member));
        world.pass(Duration::from_secs(10));
    }
    world.take_step(Step::Turn(0, Turn::Round(RoundKind::CheckIn, None)));
    world.pass(Duration::from_secs(2));
    let state = world.state(0).expect("the facilitator is in").clone();
    let mut room = Room { phase: Phase::In, me: Some(SeatId(0)), state, ..Room::default() };
    assert_eq!(room.roster().len(), MEMBERS, "all have come");
    for seat in [1, 4, 9] {
        room.speaking.insert(SeatId(seat), Speaking { level: 5, since: Time(NOW.0 - 80_000_000), heard: NOW });
    }
    for number in 0..200 {
        let text = format!("{number}: I am here, just can't talk today, and would rather listen to you all.");
        room.chat.push_back(ChatLine { from: "Jo".into(), text, at_ms: 3_000_000, only: None });
    }
    room
}

pub(crate) fn of_twelve(c: &mut Criterion) {
    let room = twelve();
    let mut model = Model::new(AREA.width, AREA.height);
    model.hear(&Event::Joined, &room, Time(1_000_000));
    let theme = Theme::new(true, false);
    for language in Language::ALL {
        let name = format!("a frame of 80 by 24 with {MEMBERS} members in {}", language.name());
        language.speak(|| {
            c.bench_function(&name, |b| {
                let draw = |mut buffer: Buffer| {
                    let cursor = view::draw(&model, &room, &mut buffer, AREA, &theme, NOW);
                    (buffer, cursor)
                };
                b.iter_batched(|| Buffer::empty(AREA), draw, BatchSize::SmallInput);
            });
        });
    }
}
