//! The cost of a line while nobody speaks.

use std::time::Duration;

use serde_json::json;

use super::harness::{Group, Person};

const SPAN: Duration = Duration::from_secs(60);
/// At the IP level, each way.
const MOST_KBPS: f64 = 0.3;

/// The mean of one of the line's figures since a mark.
fn mean(person: &mut Person, mark: usize, which: &str) -> f64 {
    let links = person.since(mark, json!({ "event": "link" }));
    let told: Vec<f64> = links.iter().map(|link| link[which].as_f64().expect("a figure")).collect();
    assert!(told.len() as u64 + 5 >= SPAN.as_secs(), "told each second: {}", told.len());
    told.iter().sum::<f64>() / told.len() as f64
}

#[test]
#[ignore = "takes a minute; make soak"]
fn who_is_quiet_among_the_quiet_costs_little() {
    let mut group = Group::open();
    let mut ana = group.join("Ana", &[]);
    let mut ben = group.join("Ben", &[]);
    std::thread::sleep(Duration::from_secs(5));
    let marks = [ana.mark(), ben.mark()];
    std::thread::sleep(SPAN);
    for (person, mark) in [&mut ana, &mut ben].into_iter().zip(marks) {
        let [up, down] = ["up_kbps", "down_kbps"].map(|which| mean(person, mark, which));
        println!("idle: {up:.3} kbps up, {down:.3} kbps down");
        assert!(up <= MOST_KBPS && down <= MOST_KBPS);
        assert!(up > 0.0 && down > 0.0, "there are signs of life");
    }
}
