//! Calls in virtual time as a table: what `make soak` shows of lines, in seconds instead of minutes.

use std::env;

use ingle::adapt::PlanChoice;

use crate::call::{self, Call};
use crate::hearing::hear;
use crate::{speech, wav};

#[test]
#[ignore = "measures, and asserts nothing: LINES=\"delay 40ms loss 5%;...\" SEEDS=6 PLAN=full SPEECH=file.wav OUT=folder"]
fn calls_as_a_table() {
    let said = match env::var("SPEECH") {
        Ok(path) => wav::read(&path).expect("a wav file"),
        Err(_) => {
            let mut all = Vec::new();
            for utterance in ["ana-01", "bo-02", "cyn-02", "dee-02"] {
                let path = format!("{}/assets/voices/{utterance}.opus", env!("CARGO_MANIFEST_DIR"));
                speech::read(path.as_ref(), &mut all).expect("a voice");
            }
            all
        }
    };
    let lines = env::var("LINES").unwrap_or_else(|_| "delay 160ms 150ms loss 2%".into());
    let seeds: u64 = env::var("SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(3);
    let first: u64 = env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0);
    let plan = match env::var("PLAN").as_deref() {
        Ok("full") => PlanChoice::Full,
        Ok("thin") => PlanChoice::Thin,
        _ => PlanChoice::Auto,
    };
    if let Ok(out) = env::var("OUT") {
        wav::write(&format!("{out}/said.wav"), &said).expect("written");
    }
    for (number, line) in lines.split(';').enumerate() {
        for seed in first..first + seeds {
            let outcome = call::play(&Call { line, plan, seed, speech: &said });
            let heard = hear(&said, &outcome.sound, 0.0);
            let tally = outcome.tally();
            let ms = |samples: u64| samples / 48;
            let mut lags: Vec<u128> = outcome.lags.iter().flatten().map(|lag| lag.as_millis()).collect();
            lags.sort_unstable();
            let at = |share: f64| lags.get((lags.len() as f64 * share) as usize).copied().unwrap_or_default();
            let plans = outcome.moments.windows(2).filter(|pair| pair[0].plan != pair[1].plan).count();
            println!(
                "{line}, seed {seed}: {:.0} ms, in time {:.0} %, kbps {:.1} {:.1} {:.1}, target {:.0} ms, concealed {} ms, cut {} ms, added {} ms, \
                 late {}, stale {}, never {} of {}, lag 50/90/95/99 {}/{}/{}/{}, plans {plans}, catching up {:.1} s",
                heard.delay.unwrap_or_default() * 1000.0 + 40.0,
                heard.in_time() * 100.0,
                outcome.kbps[0],
                outcome.kbps[1],
                outcome.kbps[2],
                outcome.target_ms(2),
                ms(tally.concealed),
                ms(tally.accelerated),
                ms(tally.expanded),
                tally.late,
                tally.stale,
                outcome.lags.iter().filter(|lag| lag.is_none()).count(),
                outcome.lags.len(),
                at(0.5),
                at(0.9),
                at(0.95),
                at(0.99),
                outcome.catching_up().as_secs_f64(),
            );
            if let Ok(out) = env::var("OUT") {
                wav::write(&format!("{out}/{number}-{seed}.wav"), &outcome.sound).expect("written");
                let rows = outcome.moments.iter().step_by(25).map(|m| {
                    format!(
                        "{:.2} {} {:?} {} {:?}\n",
                        m.at.as_secs_f64(),
                        m.target.as_millis(),
                        m.behind.map(|b| b / 1000),
                        m.catches_up,
                        m.plan
                    )
                });
                std::fs::write(format!("{out}/{number}-{seed}.txt"), rows.collect::<String>()).expect("written");
            }
        }
    }
}
