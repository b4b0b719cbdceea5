//! A whole group in virtual time.

use std::time::Duration;

use criterion::Criterion;
use ingle::ids::Time;
use ingle::sim::network::Quality;
use ingle::sim::{Script, Step, World};

const BAD: Quality = Quality {
    loss: 0.2,
    burst: 0.0,
    delay: Duration::from_millis(80),
    jitter: Duration::from_millis(60),
    doubled: 0.05,
    rate: None,
};

/// Twelve join, all their lines turn bad, and one talks for 30 s.
fn script() -> Script {
    let start = |member| (Time(u64::from(member > 0) * 300_000 + member as u64 * 100_000), Step::Start(member));
    let mut steps: Vec<_> = (0..12).map(start).collect();
    steps.extend((0..12).map(|member| (Time(3_000_000), Step::Line(member, BAD))));
    steps.push((Time(4_000_000), Step::Talk(3, Duration::from_secs(30))));
    Script { members: 12, steps, end: Time(34_000_000) }
}

pub(crate) fn twelve_on_a_lossy_line(c: &mut Criterion) {
    let script = script();
    let mut group = c.benchmark_group("simulator");
    group.sample_size(10);
    group.bench_function("twelve for 30 s on lines that lose 20 %, and two minutes to settle", |b| {
        b.iter(|| World::play(&script, 5).map(|world| world.trace()).expect("all agree"));
    });
    group.finish();
}
