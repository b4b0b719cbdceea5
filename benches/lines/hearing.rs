//! What of the speech is heard, and how late: each piece of it, about as long as a word, is looked for in the recording.
//!
//! Both are seen as eight bands of the speech range, a point each 10 ms, as levels around the mean of each band's own
//! speech. So loudness and tone don't matter, but what is said does: a piece that was lost, or made up by concealment for
//! longer than a sound or two, isn't found. What is played a little faster or slower is found as well.

use std::ops::RangeInclusive;

/// Samples a second of all sound here.
pub(crate) const RATE: usize = 48_000;
/// Samples in a point.
const POINT: usize = RATE / 100;
/// Seconds in a point.
const POINT_S: f64 = 0.01;
/// Points in a piece.
const PIECE: usize = 50;
/// Points from one piece to the next.
const STEP: usize = 10;
/// Middle frequencies of the bands, in Hz.
const BANDS: [f64; 14] =
    [180.0, 250.0, 340.0, 450.0, 580.0, 750.0, 950.0, 1200.0, 1500.0, 1850.0, 2300.0, 2900.0, 3700.0, 4800.0];
/// How sharp the bands are.
const SHARPNESS: f64 = 4.0;
/// How much of what all bands do together is left out: that one speaks and pauses says less than what one says.
const TOGETHER: f64 = 0.7;
/// What is this many bels below the loudest is silence, and what is this far below a band's mean counts as that far below.
const SPEECH: f64 = 2.5;
const FLOOR: f64 = 1.5;
/// Share of a piece that must be speech.
const SPOKEN: f64 = 0.6;
/// Correlation from which on a piece is found: where it is expected, and anywhere later.
const FOUND: f64 = 0.7;
const FOUND_LATE: f64 = 0.75;
/// A piece is in time if its delay is this near the usual one, in points.
const IN_TIME: RangeInclusive<isize> = -40..=70;
/// The furthest that the usual delay is looked for, in points.
const USUAL: isize = 300;
/// How fast pieces may be played, as length in the recording for each of their own.
const PACES: [f64; 3] = [1.0, 0.93, 1.07];
const PACES_LATE: [f64; 4] = [1.0, 0.9, 0.83, 0.77];

/// Sound as points of eight levels, in bels.
struct Picture {
    points: Vec<[f64; BANDS.len()]>,
    speech: Vec<bool>,
}

/// What became of a piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Piece {
    /// When it was said, in seconds from the start of the speech.
    pub said: f64,
    /// From mouth to ear, in seconds; `None` if it was never heard.
    pub delay: Option<f64>,
    /// Whether it was heard about as late as most.
    pub in_time: bool,
}

/// What became of the speech.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heard {
    /// Its pieces that hold speech, one each 0.1 s.
    pub pieces: Vec<Piece>,
    /// The usual delay, in seconds: the median of what was in time. `None` if nothing was heard.
    pub delay: Option<f64>,
}

impl Heard {
    /// Share of the pieces that were heard in time.
    pub(crate) fn in_time(&self) -> f64 {
        self.share(|piece| piece.in_time)
    }

    /// Share of the pieces that were heard at all.
    pub(crate) fn by_the_end(&self) -> f64 {
        self.share(|piece| piece.delay.is_some())
    }

    fn share(&self, of: impl Fn(&Piece) -> bool) -> f64 {
        self.pieces.iter().filter(|piece| of(piece)).count() as f64 / self.pieces.len().max(1) as f64
    }

    /// How long after `moment` (in seconds from the start of the speech) something said was heard again in time.
    pub(crate) fn live_again(&self, moment: f64) -> Option<f64> {
        let live = self.pieces.iter().filter(|piece| piece.in_time && piece.said >= moment);
        live.filter_map(|piece| Some(piece.said + piece.delay? - moment)).reduce(f64::min)
    }
}

/// Looks for `speech` in `recording`, whose first sample is `behind` seconds later than that of the speech (or earlier, if
/// negative). Both are at [`RATE`].
pub(crate) fn hear(speech: &[f32], recording: &[f32], behind: f64) -> Heard {
    let (said, heard) = (Picture::of(speech), Picture::of(recording));
    let shift = -(behind / POINT_S).round() as isize;
    let places = (0..said.points.len().saturating_sub(PIECE)).step_by(STEP).filter(|at| said.is_speech(*at));
    let search = |at: usize, lags: RangeInclusive<isize>, paces: &[f64]| {
        let all = lags.flat_map(|lag| paces.iter().map(move |pace| (lag, *pace)));
        let likeness = all.map(|(lag, pace)| (lag, said.likeness(at, &heard, at as isize + shift + lag, pace)));
        likeness.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 0.0))
    };
    let places: Vec<usize> = places.collect();
    let first: Vec<(isize, f64)> = places.iter().map(|at| search(*at, 0..=USUAL, &PACES[..1])).collect();
    let Some(usual) = median(first.iter().filter(|(_, like)| *like >= FOUND_LATE).map(|(lag, _)| *lag).collect())
    else {
        return Heard { pieces: places.iter().map(|at| lost(*at)).collect(), delay: None };
    };
    let last = heard.points.len() as isize;
    let pieces: Vec<Piece> = (places.into_iter())
        .map(|at| {
            let near = search(at, usual + IN_TIME.start()..=usual + IN_TIME.end(), &PACES);
            if near.1 >= FOUND {
                return Piece { delay: Some(near.0 as f64 * POINT_S), in_time: true, ..lost(at) };
            }
            let late = search(at, usual + IN_TIME.end() + 1..=last - at as isize - shift, &PACES_LATE);
            Piece { delay: (late.1 >= FOUND_LATE).then_some(late.0 as f64 * POINT_S), ..lost(at) }
        })
        .collect();
    let delays =
        pieces.iter().filter(|piece| piece.in_time).filter_map(|piece| Some((piece.delay? / POINT_S) as isize));
    let delay = median(delays.collect()).map(|points| points as f64 * POINT_S);
    Heard { pieces, delay }
}

fn lost(at: usize) -> Piece {
    Piece { said: at as f64 * POINT_S, delay: None, in_time: false }
}

fn median(mut all: Vec<isize>) -> Option<isize> {
    all.sort_unstable();
    all.get(all.len() / 2).copied()
}

impl Picture {
    fn of(sound: &[f32]) -> Self {
        let mut points = vec![[0.0; BANDS.len()]; sound.len() / POINT];
        for (band, middle) in BANDS.iter().enumerate() {
            let powers = powers(sound, *middle);
            points.iter_mut().zip(powers).for_each(|(point, power)| point[band] = (power + 1e-12).log10());
        }
        let loudness: Vec<f64> = points.iter().map(|point| point.iter().copied().fold(f64::MIN, f64::max)).collect();
        let mut sorted = loudness.clone();
        sorted.sort_by(f64::total_cmp);
        let loudest = sorted.get(sorted.len() * 199 / 200).copied().unwrap_or_default();
        // A file without any sound holds no speech.
        let speech: Vec<bool> = loudness.iter().map(|level| *level > (loudest - SPEECH).max(-9.0)).collect();
        for band in 0..BANDS.len() {
            let spoken = || points.iter().zip(&speech).filter(|(_, speech)| **speech).map(|(point, _)| point[band]);
            let mean = spoken().sum::<f64>() / spoken().count().max(1) as f64;
            points.iter_mut().for_each(|point| point[band] = (point[band] - mean).max(-FLOOR));
        }
        for point in &mut points {
            let together = TOGETHER * point.iter().sum::<f64>() / BANDS.len() as f64;
            point.iter_mut().for_each(|level| *level -= together);
        }
        Self { points, speech }
    }

    /// Whether the piece at a point is to be heard.
    fn is_speech(&self, at: usize) -> bool {
        let spoken = self.speech[at..at + PIECE].iter().filter(|speech| **speech).count();
        spoken as f64 >= SPOKEN * PIECE as f64
    }

    /// The correlation of the piece at a point with what is at another point of another picture; 0 beyond its ends.
    fn likeness(&self, at: usize, other: &Self, there: isize, pace: f64) -> f64 {
        let end = there + (PIECE as f64 * pace).ceil() as isize;
        if there < 0 || end >= other.points.len() as isize {
            return 0.0;
        }
        let pairs = (0..PIECE).flat_map(|i| {
            let place = there as usize + (i as f64 * pace).round() as usize;
            self.points[at + i].iter().zip(&other.points[place])
        });
        let (mut a, mut b, mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (x, y) in pairs {
            (a, b, aa, bb, ab) = (a + x, b + y, aa + x * x, bb + y * y, ab + x * y);
        }
        let count = (PIECE * BANDS.len()) as f64;
        let spread = (aa - a * a / count) * (bb - b * b / count);
        if spread <= 1e-9 { 0.0 } else { (ab - a * b / count) / spread.sqrt() }
    }
}

/// The mean power in the band around a frequency, each point over 20 ms.
fn powers(sound: &[f32], middle: f64) -> Vec<f64> {
    // A band-pass of second order with 0 dB in the middle (Bristow-Johnson's cookbook), twice.
    let turn = std::f64::consts::TAU * middle / RATE as f64;
    let alpha = turn.sin() / (2.0 * SHARPNESS);
    let (gain, one, two) = (alpha / (1.0 + alpha), 2.0 * turn.cos() / (1.0 + alpha), (1.0 - alpha) / (1.0 + alpha));
    let mut filtered: Vec<f64> = sound.iter().map(|sample| f64::from(*sample)).collect();
    for _ in 0..2 {
        let (mut x, mut y) = ([0.0; 2], [0.0; 2]);
        for sample in &mut filtered {
            let out = gain * (*sample - x[1]) + one * y[0] - two * y[1];
            (x, y) = ([*sample, x[0]], [out, y[0]]);
            *sample = out;
        }
    }
    let tens: Vec<f64> = filtered.chunks_exact(POINT).map(|point| point.iter().map(|s| s * s).sum()).collect();
    let wide = tens.iter().zip(tens.iter().skip(1).chain([&0.0]));
    wide.map(|(this, next)| (this + next) / (2 * POINT) as f64).collect()
}
