//! Fades at the edges of a voice, so that it begins and stops without a click.

/// A voice comes up from nothing within this many samples, and its end dies away by this factor a sample.
const RISE: usize = 240;
const DIE: f32 = 0.99;

/// The edges of what is heard of one voice.
#[derive(Default)]
pub(super) struct Fade {
    /// Samples since it began, up to [`RISE`], and the last one that was heard.
    risen: usize,
    last: f32,
}

impl Fade {
    /// What is heard next begins anew.
    pub(super) fn begin(&mut self) {
        self.risen = 0;
    }

    /// What is heard next comes up from nothing if nothing was heard before.
    pub(super) fn rise(&mut self, part: &mut [f32]) {
        if self.risen < RISE {
            for sample in part.iter_mut() {
                self.risen += 1;
                *sample *= (self.risen as f32 / RISE as f32).min(1.0);
            }
        }
        self.last = part.last().copied().unwrap_or(self.last);
    }

    /// Where a voice stops its last sample goes to nothing, because a step would click.
    pub(super) fn die_away(&mut self, rest: &mut [f32]) {
        for sample in rest {
            self.last *= DIE;
            *sample += self.last;
        }
    }
}
