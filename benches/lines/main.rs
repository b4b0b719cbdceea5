//! Speech over bad lines, through the programs that people run: `make bench-lines`.
//!
//! For each line and plan a relay, a listener who hosts and a talker who joins are started as processes of their own, both
//! clients behind an emulated line. What the listener's speaker plays is compared with what was said. The whole table goes to
//! `docs/lines.md` with a picture; a part of it, chosen by `PROFILES` and `PLANS`, goes to `target/lines`.

mod call;
mod emulator;
mod hearing;
mod page;
mod peers;
mod picture;
#[allow(dead_code)] // shared with the circle
#[path = "../circle/process.rs"]
mod process;
mod profiles;
mod programs;
mod schedule;
mod score;
mod speech;
mod table;
#[path = "../line/wav.rs"]
mod wav;

use std::collections::VecDeque;
use std::io::{self, Error};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;
use std::time::Instant;

use call::{Call, Played};
use page::Late;
use profiles::Profile;
use score::{Score, Scorer};
use table::Row;

/// Plans that are tried on a line where nothing else is asked for.
fn plans(profile: &str) -> &'static [&'static str] {
    match profile {
        "clean" => &["auto", "thin", "full"],
        "narrow32" | "narrow16" => &["auto", "thin"],
        _ => &["auto"],
    }
}

/// What is asked for by the environment.
struct Asked {
    calls: Vec<Call>,
    profiles: Vec<Profile>,
    /// Whether it is the whole table.
    whole: bool,
    runs: u64,
    jobs: usize,
    speech: Option<String>,
}

impl Asked {
    fn read() -> Result<Self, String> {
        let given = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let number = |name: &str, usual: u64| match given(name) {
            None => Ok(usual),
            Some(value) => value
                .trim()
                .parse()
                .ok()
                .filter(|n| (1..=1000).contains(n))
                .ok_or_else(|| format!("{name}={value} can't be used; it takes a whole number from 1 on.")),
        };
        let (names, chosen, line) = (given("PROFILES"), given("PLANS"), given("LINE"));
        let mut profiles = match &names {
            Some(names) => names.split_whitespace().map(profiles::named).collect::<Result<_, _>>()?,
            None if line.is_some() => Vec::new(),
            None => profiles::all(),
        };
        if let Some(words) = &line {
            profiles.push(profiles::named(&format!("own={words}"))?);
        }
        let (runs, jobs, seed) = (number("RUNS", 2)?, number("JOBS", 3)?, number("SEED", 1)?);
        let mut calls = Vec::new();
        for (profile, run) in profiles.iter().flat_map(|profile| (0..runs).map(move |run| (profile, run))) {
            let plans: Vec<&str> = match &chosen {
                Some(chosen) => chosen.split_whitespace().collect(),
                None => plans(&profile.name).to_vec(),
            };
            for plan in plans {
                if !["auto", "thin", "full"].contains(&plan) {
                    return Err(format!("There is no plan {plan}. There are auto, thin and full."));
                }
                let seed = seed * 1000 + calls.len() as u64;
                calls.push(Call { profile: profile.clone(), plan: plan.into(), run, seed });
            }
        }
        let whole = names.is_none() && chosen.is_none() && line.is_none();
        Ok(Self { calls, profiles, whole, runs, jobs: jobs as usize, speech: given("SPEECH") })
    }
}

fn main() -> ExitCode {
    if !Path::new("/proc/self/stat").exists() {
        println!("lines: skipped, because this system has no /proc to read processor time from");
        return ExitCode::SUCCESS;
    }
    match Asked::read().map_err(Error::other).and_then(|asked| measure(&asked)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("lines: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure(asked: &Asked) -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dir = root.join("target/lines");
    std::fs::create_dir_all(&dir)?;
    let speech = speech::read(asked.speech.as_deref(), root)?;
    let (said, mic) = (dir.join("said.wav"), dir.join("mic.wav"));
    let write = |path: &Path, sound: &[f32]| wav::write(&path.display().to_string(), sound).map_err(Error::other);
    write(&said, &speech.sound)?;
    let silence = vec![0.0; (call::LEAD_S * f64::from(ingle::audio::RATE)) as usize];
    write(&mic, &[&silence[..], &speech.sound].concat())?;

    // The scorer is started first, so that it doesn't run before the calls.
    let python = std::env::var_os("SCORER").map_or_else(|| dir.join("python/bin/python"), PathBuf::from);
    let scorer = Scorer::start(&python, &dir);
    if scorer.is_none() {
        println!(
            "PESQ and PLCMOS are left out, because Python or one of the packages in benches/lines/requirements.txt is missing."
        );
    }
    if !schedule::before_others() {
        println!("Other programs on this machine may show as delay: the right to run before them is missing.");
    }
    println!("{} calls, {} at a time, {:.0} s of speech each", asked.calls.len(), asked.jobs, speech.seconds());
    let began = Instant::now();
    let (all, scores) = play(asked, &speech.sound, &mic, &said, &dir, scorer);
    let rows = rows(&asked.calls, &all, &scores);
    let late = Late::of(all.iter().flatten().flat_map(|played| &played.late).copied().collect());
    println!("\n{}\n{}", table::results(&rows), late.sentence());
    let about = page::About { asked: &speech.name, seconds: speech.seconds(), runs: asked.runs, jobs: asked.jobs };
    let page = page::write(&about, &rows, &asked.profiles, &late);
    let to = if asked.whole { root.join("docs") } else { dir };
    std::fs::write(to.join("lines.md"), page)?;
    std::fs::write(to.join("lines.svg"), picture::draw(&rows))?;
    println!(
        "{} and lines.svg beside it are written, after {:.0} s.",
        to.join("lines.md").display(),
        began.elapsed().as_secs_f64()
    );
    if rows.iter().all(|row| row.calls == 0) { Err(Error::other("no call came about")) } else { Ok(()) }
}

/// Plays all calls, some at a time, and returns what came of each, and its score.
fn play(
    asked: &Asked,
    speech: &[f32],
    mic: &Path,
    said: &Path,
    dir: &Path,
    scorer: Option<Scorer>,
) -> (Vec<Option<Played>>, std::collections::BTreeMap<u64, Score>) {
    let count = asked.calls.len();
    let left: Mutex<VecDeque<usize>> = Mutex::new((0..count).collect());
    let done = Mutex::new((scorer, (0..count).map(|_| None).collect::<Vec<Option<Played>>>(), 0));
    thread::scope(|scope| {
        for _ in 0..asked.jobs {
            scope.spawn(|| {
                while let Some(number) = left.lock().ok().and_then(|mut left| left.pop_front()) {
                    let call = &asked.calls[number];
                    let dir = dir.join(format!("calls/{}-{}-{}", call.profile.name, call.plan, call.run));
                    // A line that loses much may keep somebody out; once more is what a person would do.
                    let played = call::play(call, speech, mic, &dir).or_else(|_| call::play(call, speech, mic, &dir));
                    let Ok(mut done) = done.lock() else { return };
                    let (scorer, all, finished) = &mut *done;
                    *finished += 1;
                    let name =
                        format!("[{finished:2}/{count}] {}, {}, run {}", call.profile.name, call.plan, call.run + 1);
                    match played {
                        Ok(played) => {
                            println!("{name}: {}", progress(&played));
                            if let Some(scorer) = scorer {
                                let begins = played.begins + played.delay.unwrap_or_default();
                                scorer.add(number as u64, said, &played.recording, begins);
                            }
                            all[number] = Some(played);
                        }
                        Err(error) => println!("{name}: {error}"),
                    }
                }
            });
        }
    });
    let (scorer, all, _) = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    (all, scorer.map(Scorer::finish).unwrap_or_default())
}

fn progress(played: &Played) -> String {
    let Played { heard, kbps: [up, down, _], delay, .. } = played;
    let delay =
        delay.map_or("nothing heard".into(), |delay| format!("{:.0} ms late", delay * 1000.0 + table::DEVICES_MS));
    let (in_time, by_the_end) = (heard.in_time() * 100.0, heard.by_the_end() * 100.0);
    format!("{in_time:.0} % heard in time, {by_the_end:.0} % by the end, {delay}, {up:.1} kbps up, {down:.1} down")
}

/// The means of the calls that are the same but for their chances.
fn rows(calls: &[Call], all: &[Option<Played>], scores: &std::collections::BTreeMap<u64, Score>) -> Vec<Row> {
    let mut kinds: Vec<(&str, &str)> = Vec::new();
    for call in calls {
        let kind = (call.profile.name.as_str(), call.plan.as_str());
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    let row = |(profile, plan): (&str, &str)| {
        let those = (calls.iter().zip(all).zip(0..))
            .filter(|((call, _), _)| (call.profile.name.as_str(), call.plan.as_str()) == (profile, plan));
        let those: Vec<(Option<&Played>, Score)> =
            those.map(|((_, played), id)| (played.as_ref(), scores.get(&id).copied().unwrap_or_default())).collect();
        let played = || those.iter().filter_map(|(played, _)| *played);
        let of = |of: &dyn Fn(&Played) -> f64| table::mean(played().map(|played| Some(of(played)))).unwrap_or_default();
        Row {
            profile: profile.into(),
            plan: plan.into(),
            calls: played().count(),
            failed: those.len() - played().count(),
            scored: those.iter().filter(|(_, score)| score.pesq.is_some()).count(),
            pesq: table::mean(those.iter().map(|(_, score)| score.pesq)),
            plcmos: table::mean(those.iter().map(|(_, score)| score.plcmos)),
            in_time: of(&|played| played.heard.in_time()),
            by_the_end: of(&|played| played.heard.by_the_end()),
            delay_ms: table::mean(played().map(|played| Some(played.delay? * 1000.0 + table::DEVICES_MS))),
            kbps: [0, 1, 2].map(|at| of(&|played| played.kbps[at])),
            live_again_s: table::mean(played().map(|played| played.live_again)),
            core: [0, 1].map(|at| of(&|played| played.costs[at].share)),
            memory_mb: [0, 1].map(|at| of(&|played| played.costs[at].memory_mb)),
        }
    };
    kinds.into_iter().map(row).collect()
}
