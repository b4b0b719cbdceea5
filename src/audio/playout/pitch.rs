//! Finds the period of a voice, by which speech can be made longer or shorter without a change of pitch (the
//! search of WSOLA, waveform similarity overlap-add).

/// The shortest period that is looked for: 400 Hz.
pub const SHORTEST: usize = 120;
/// The longest period that is looked for: 66 Hz.
pub const LONGEST: usize = 720;
/// Samples that a search needs: 30 ms.
pub const NEEDED: usize = 2 * LONGEST;

/// The search is made at a quarter of the rate first.
const COARSE: usize = 4;
/// A longer period has to be this much more alike than a shorter one: multiples of a period are as alike as it is.
const PREFER_SHORT: f32 = 0.02;

/// A period, and how alike samples that far apart are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pitch {
    /// The period in samples, from [`SHORTEST`] to [`LONGEST`].
    pub samples: usize,
    /// 1: the same shape, whatever the loudness; 0: nothing in common.
    pub likeness: f32,
}

/// The period at the beginning of `pcm`; `None` if there are less than [`NEEDED`] samples, or nothing but zeros.
pub fn find(pcm: &[f32]) -> Option<Pitch> {
    let pcm = pcm.get(..NEEDED)?;
    let mut coarse = [0.0; NEEDED / COARSE];
    for (to, from) in coarse.iter_mut().zip(pcm.chunks_exact(COARSE)) {
        *to = from.iter().sum();
    }
    let alike = likeness(&coarse, LONGEST / COARSE, SHORTEST / COARSE)?;
    let most = alike.iter().copied().fold(f32::MIN, f32::max);
    let peak = |i: usize| alike[i] + PREFER_SHORT >= most && alike.get(i + 1).is_none_or(|next| *next <= alike[i]);
    let middle = ((0..alike.len()).find(|i| peak(*i))? + SHORTEST / COARSE) * COARSE;
    let first = (middle - COARSE).max(SHORTEST);
    let near = likeness(&pcm[..(middle + COARSE).min(LONGEST) + LONGEST], LONGEST, first)?;
    let (at, likeness) = (0..).zip(near).max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some(Pitch { samples: first + at, likeness })
}

/// How alike the first `window` samples are to those at each lag from `first` to the last that `pcm` has.
fn likeness(pcm: &[f32], window: usize, first: usize) -> Option<Vec<f32>> {
    let here = &pcm[..window];
    let power = dot(here, here);
    if power <= 1e-9 {
        return None;
    }
    let mut there = dot(&pcm[first..][..window], &pcm[first..][..window]);
    let lags = first..=pcm.len() - window;
    let mut next = |lag: usize| {
        let alike = dot(here, &pcm[lag..lag + window]) / (power * there.max(1e-9)).sqrt();
        // The window moves on by one sample.
        if let Some(next) = pcm.get(lag + window) {
            there += next * next - pcm[lag] * pcm[lag];
        }
        alike
    };
    Some(lags.map(&mut next).collect())
}

/// The sum of products, in eight lanes, so that the compiler can use all of a processor's width.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a8, a_rest) = a.as_chunks::<8>();
    let (b8, b_rest) = b.as_chunks::<8>();
    let mut sums = [0.0f32; 8];
    for (a, b) in a8.iter().zip(b8) {
        for i in 0..8 {
            sums[i] += a[i] * b[i];
        }
    }
    sums.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::testing::Noise;

    fn pulses(pitch: usize) -> Vec<f32> {
        // A pulse train through a decaying resonance: strong harmonics, as a vowel has.
        (0..NEEDED)
            .map(|i| {
                let t = (i % pitch) as f32;
                (-t / 60.0).exp() * (t * 0.09).sin()
            })
            .collect()
    }

    #[test]
    fn it_finds_the_period_of_high_and_low_voices() {
        for pitch in [130, 218, 333, 480, 600, 700] {
            let found = find(&pulses(pitch)).unwrap();
            assert_eq!(found.samples, pitch);
            assert!(found.likeness > 0.98, "{pitch}: {found:?}");
        }
    }

    #[test]
    fn noise_and_silence_have_none() {
        let mut noise = Noise(5);
        let hiss: Vec<f32> = (0..NEEDED).map(|_| noise.next() * 0.1).collect();
        assert!(find(&hiss).unwrap().likeness < 0.5);
        assert_eq!(find(&[0.0; NEEDED]), None);
        assert_eq!(find(&[0.1; NEEDED - 1]), None);
    }
}
