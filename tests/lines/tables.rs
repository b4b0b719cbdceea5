//! The lines and the peers' figures.

use std::time::Duration;

use ingle::sim::link::{Bursts, Rate, Setting};

use crate::{peers, profiles};

#[test]
fn words_of_netem_are_read() {
    let setting = profiles::setting("rate 48kbit limit 20 delay 200ms 80ms loss 3% duplicate 1%").expect("a line");
    let rate = Some(Rate { bits: 48_000, limit: 20 });
    let delay = Duration::from_millis(200);
    assert_eq!(
        setting,
        Setting { delay, jitter: Duration::from_millis(80), loss: 0.03, bursts: None, duplicate: 0.01, rate }
    );
    let bursts = profiles::setting("loss gemodel 3.7% 33.3% delay 0.5s").expect("a line");
    assert_eq!(bursts.delay, Duration::from_millis(500));
    let Some(Bursts { begin, end }) = bursts.bursts else { panic!("{bursts:?}") };
    assert!((begin - 0.037).abs() < 1e-9 && (end - 0.333).abs() < 1e-9);
    assert_eq!(profiles::setting(""), Ok(Setting::CLEAR));
}

#[test]
fn words_that_make_no_sense_are_refused_with_a_sentence() {
    for words in [
        "delay",
        "delay soon",
        "loss 120%",
        "loss gemodel 3%",
        "rate 0kbit",
        "limit 0",
        "speed 3",
        "delay -1ms",
        "loss NaN%",
    ] {
        let problem = profiles::setting(words).expect_err(words);
        assert!(problem.starts_with("A line") && problem.ends_with('.'), "{problem}");
    }
    assert!(profiles::named("moon").expect_err("unknown").contains("There are clean, loss5"));
}

#[test]
fn every_line_has_a_name_and_peers_of_its_own() {
    let all = profiles::all();
    assert_eq!(all.len(), 10);
    for profile in &all {
        assert_eq!(profiles::named(&profile.name).as_ref(), Ok(profile));
        assert_eq!(peers::all().iter().filter(|peer| peer.profile == profile.name).count(), 4, "{}", profile.name);
    }
    assert_eq!(all.iter().filter(|profile| profile.dark.is_some()).count(), 1);
    assert_eq!(profiles::named("mine=delay 10ms loss 1%").expect("a line").setting.loss, 0.01);
    let best = peers::best("narrow16").expect("some");
    assert_eq!(
        (best.name.as_str(), best.pesq, best.delay_ms),
        ("Mumble 8k/60ms", Some((2.23, 2.41)), Some((517.0, 566.0)))
    );
    assert!((peers::middle(best.pesq) - 2.32).abs() < 1e-9);
    assert_eq!(best.kbps_up, Some((13.0, 13.0)));
}
