//! Where made up sound turns into what was said.

use super::pcm_queue::PcmQueue;

/// Over this many samples one turns into the other: 5 ms.
const BLEND: usize = 240;

/// The end of made up sound, until something follows.
#[derive(Default)]
pub(super) struct Join {
    made_up: Vec<f32>,
}

impl Join {
    /// Made up sound would go on like this.
    pub(super) fn leave(&mut self, made_up: &[f32]) {
        self.made_up.clear();
        self.made_up.extend(made_up.iter().take(BLEND));
    }

    /// What was said follows.
    pub(super) fn push(&mut self, pcm: &[f32], queue: &mut PcmQueue) {
        let from = &self.made_up[..self.made_up.len().min(pcm.len())];
        let length = from.len() as f32;
        let blend: Vec<f32> = (from.iter().zip(pcm).zip(0u16..))
            .map(|((from, to), i)| from + (to - from) * (f32::from(i) + 0.5) / length)
            .collect();
        queue.push(&blend);
        queue.push(&pcm[blend.len()..]);
        if !pcm.is_empty() {
            self.made_up.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_turns_into_the_other_and_is_no_longer() {
        let (mut join, mut queue) = (Join::default(), PcmQueue::default());
        join.leave(&[1.0; 960]);
        join.push(&[], &mut queue);
        join.push(&[-1.0; 480], &mut queue);
        join.push(&[-1.0; 480], &mut queue);
        let pcm = queue.pcm();
        assert_eq!(pcm.len(), 960);
        assert!(pcm.windows(2).all(|pair| (0.0..0.01).contains(&(pair[0] - pair[1]))), "no step");
        assert!(pcm[0] > 0.98 && pcm[BLEND..].iter().all(|sample| *sample == -1.0));
    }
}
