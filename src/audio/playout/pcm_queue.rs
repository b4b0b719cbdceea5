//! Decoded sound that waits to be heard, and the two ways to change its length: a cut and a repeat.
//!
//! Both leave the first and the last sample as they are, so that what was heard before and what is decoded next join on.

use crate::audio::opus::MAX_PACKET;

/// The most samples that wait: a packet, what waited when it was decoded, and a repeat.
pub const MOST: usize = 3 * MAX_PACKET;

/// A queue of samples in one piece. It allocates once.
pub struct PcmQueue {
    pcm: Vec<f32>,
    head: usize,
}

impl Default for PcmQueue {
    fn default() -> Self {
        Self { pcm: Vec::with_capacity(MOST), head: 0 }
    }
}

impl PcmQueue {
    /// What waits, the next sample first.
    pub fn pcm(&self) -> &[f32] {
        &self.pcm[self.head..]
    }

    /// Samples that wait.
    pub fn len(&self) -> usize {
        self.pcm.len() - self.head
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds samples at the end; those beyond [`MOST`] are dropped.
    pub fn push(&mut self, samples: &[f32]) {
        self.pcm.drain(..self.head);
        self.head = 0;
        let room = MOST - self.pcm.len().min(MOST);
        self.pcm.extend_from_slice(&samples[..samples.len().min(room)]);
    }

    /// Moves the next samples to `out`, as many as there are, and says how many.
    pub fn take(&mut self, out: &mut [f32]) -> usize {
        let count = out.len().min(self.len());
        out[..count].copy_from_slice(&self.pcm[self.head..self.head + count]);
        self.head += count;
        count
    }

    /// Takes `count` samples out. The first `blend` samples, at most `count`, turn into those `count` later; `likeness` (-1 to 1) is how alike the
    /// two are, so that the blend is as loud as they. Returns how many were taken out: none if there are too few.
    pub fn cut(&mut self, count: usize, blend: usize, likeness: f32) -> usize {
        let pcm = &mut self.pcm[self.head..];
        if count == 0 || blend > count || pcm.len() < count + blend {
            return 0;
        }
        for i in 0..blend {
            pcm[count + i] = mix(pcm[i], pcm[count + i], (i as f32 + 0.5) / blend as f32, likeness);
        }
        self.head += count;
        count
    }

    /// Lets the first `count` samples be heard twice. After the first time, what follows turns within `blend` samples, at
    /// most `count`, into the beginning again. Returns how many samples were added: none if there are too few, or too many already.
    pub fn repeat(&mut self, count: usize, blend: usize, likeness: f32) -> usize {
        let before = self.len();
        if count == 0 || blend > count || before < count + blend || before + count > MOST {
            return 0;
        }
        self.pcm.drain(..self.head);
        self.head = 0;
        self.pcm.resize(before + count, 0.0);
        // What the blend leads away from stays where it is, and what it leads to goes on behind it.
        self.pcm.copy_within(blend..before, count + blend);
        for i in 0..blend {
            self.pcm[count + i] = mix(self.pcm[count + i], self.pcm[i], (i as f32 + 0.5) / blend as f32, likeness);
        }
        count
    }
}

/// `from` turning into `to`, of which `share` is done; two sounds that are not alike would lose up to 3 dB half way.
fn mix(from: f32, to: f32, share: f32, likeness: f32) -> f32 {
    let (a, b) = (1.0 - share, share);
    let power = a * a + b * b + 2.0 * a * b * likeness.clamp(0.0, 1.0);
    (from * a + to * b) / power.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ramp(count: usize) -> PcmQueue {
        let mut ready = PcmQueue::default();
        ready.push(&(0..count).map(|i| i as f32).collect::<Vec<_>>());
        ready
    }

    #[test]
    fn a_cut_begins_as_it_was_and_ends_as_it_was() {
        let mut ready = ramp(1000);
        ready.take(&mut [0.0; 100]);
        assert_eq!(ready.cut(200, 100, 1.0), 200);
        let pcm = ready.pcm();
        assert_eq!(pcm.len(), 700);
        assert!((pcm[0] - 101.0).abs() < 0.01 && pcm[99] > 396.0);
        assert_eq!(pcm[100..], (400..1000).map(|i| i as f32).collect::<Vec<_>>());
    }

    #[test]
    fn a_repeat_is_heard_twice_and_goes_on_as_it_was() {
        let mut ready = ramp(1000);
        ready.take(&mut [0.0; 100]);
        assert_eq!(ready.repeat(200, 100, 1.0), 200);
        let pcm = ready.pcm();
        assert_eq!(pcm.len(), 1100);
        assert_eq!(pcm[..200], (100..300).map(|i| i as f32).collect::<Vec<_>>());
        assert!((pcm[200] - 299.0).abs() < 0.01 && pcm[299] < 201.0);
        assert_eq!(pcm[300..], (200..1000).map(|i| i as f32).collect::<Vec<_>>());
    }

    #[test]
    fn too_little_or_too_much_sound_is_left_alone() {
        let mut ready = ramp(300);
        assert_eq!((ready.cut(200, 101, 0.0), ready.cut(100, 101, 0.0), ready.cut(0, 0, 0.0)), (0, 0, 0));
        assert_eq!((ready.repeat(200, 101, 0.0), ready.repeat(100, 101, 0.0)), (0, 0));
        assert_eq!(ready.len(), 300);
        let mut full = ramp(MOST + 10);
        assert_eq!((full.len(), full.repeat(200, 100, 0.0)), (MOST, 0));
    }
}
