//! Does the microphone hear the loudspeaker at all? With headphones on there is nothing to cancel, and what would be cancelled is me.

use super::echo::Use;

/// Blocks of the loudspeaker's sound that are judged together (2 s).
const WINDOW: u32 = 100;
/// From this loss on between loudspeaker and microphone, in dB, there is no echo to speak of.
const NO_PATH_DB: f32 = 38.0;
/// With a smaller loss than this, in dB, there may be echo again, or I talk.
const MAYBE_DB: f32 = 30.0;
/// Blocks of the loudspeaker's sound in which the canceller must find something, or there was nothing (2 s).
const LISTENS: u32 = 100;
/// Blocks looked at together while it listens (200 ms).
const GLANCE: u32 = 10;
/// The filter must leave less than this of the microphone's power, or it's not the loudspeaker that is heard: -4 dB.
const LEFT: f32 = 0.4;
/// Blocks after a vain search before the next one (10 s), doubled after each, up to 160 s.
const AGAIN: u32 = 500;
const AGAIN_MOST: u32 = 8_000;

/// Decides what the canceller is used for where nobody said.
pub(super) struct EchoPath {
    use_of_it: Use,
    /// Power of microphone and loudspeaker, and blocks, in this window.
    near: f32,
    far: f32,
    blocks: u32,
    /// Of the last 200 ms: what the microphone heard, and what the filter left of it.
    heard: f32,
    left: f32,
    glance: u32,
    /// Blocks until it may listen again, and the next such time.
    wait: u32,
    next_wait: u32,
}

impl Default for EchoPath {
    /// Until it's known better there is echo.
    fn default() -> Self {
        Self {
            use_of_it: Use::Cancel,
            near: 0.0,
            far: 0.0,
            blocks: 0,
            heard: 0.0,
            left: 0.0,
            glance: 0,
            wait: 0,
            next_wait: AGAIN,
        }
    }
}

impl EchoPath {
    /// What the canceller is to be used for.
    pub(super) fn use_of_it(&self) -> Use {
        self.use_of_it
    }

    /// Takes the mean power of the microphone's and the loudspeaker's last block, in which the loudspeaker sounded, and the share
    /// of the former that the canceller's filter left.
    pub(super) fn hear(&mut self, near: f32, far: f32, left: f32) {
        self.wait = self.wait.saturating_sub(1);
        self.near += near;
        self.far += far;
        self.blocks += 1;
        match self.use_of_it {
            Use::Cancel if self.blocks == WINDOW => {
                let lost = self.loss_db() > NO_PATH_DB;
                self.begin(if lost { Use::Rest } else { Use::Cancel });
            }
            Use::Rest if self.blocks >= GLANCE && self.wait == 0 && self.loss_db() < MAYBE_DB => {
                self.begin(Use::Listen)
            }
            Use::Rest if self.blocks == WINDOW => self.begin(Use::Rest),
            Use::Listen => self.listen(near, left),
            Use::Cancel | Use::Rest => {}
        }
    }

    fn listen(&mut self, near: f32, left: f32) {
        self.heard += near;
        self.left += near * left;
        self.glance += 1;
        if self.glance == GLANCE {
            if self.left < LEFT * self.heard {
                self.next_wait = AGAIN;
                return self.begin(Use::Cancel);
            }
            (self.heard, self.left, self.glance) = (0.0, 0.0, 0);
        }
        if self.blocks == LISTENS {
            self.wait = self.next_wait;
            self.next_wait = (2 * self.next_wait).min(AGAIN_MOST);
            self.begin(Use::Rest);
        }
    }

    fn loss_db(&self) -> f32 {
        10.0 * (self.far / self.near.max(1e-12)).max(1e-12).log10()
    }

    fn begin(&mut self, use_of_it: Use) {
        self.use_of_it = use_of_it;
        (self.near, self.far, self.blocks) = (0.0, 0.0, 0);
        (self.heard, self.left, self.glance) = (0.0, 0.0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of the loudspeaker at -30 dBFS, and the microphone that much below it.
    fn hear(path: &mut EchoPath, blocks: u32, loss_db: f32, left: f32) {
        for _ in 0..blocks {
            path.hear(1e-3 * 10f32.powf(-loss_db / 10.0), 1e-3, left);
        }
    }

    #[test]
    fn there_is_echo_until_two_seconds_showed_none() {
        let mut path = EchoPath::default();
        hear(&mut path, WINDOW, 10.0, 0.1);
        hear(&mut path, WINDOW - 1, 45.0, 1.0);
        assert_eq!(path.use_of_it(), Use::Cancel);
        hear(&mut path, 1, 45.0, 1.0);
        assert_eq!(path.use_of_it(), Use::Rest);
    }

    #[test]
    fn talking_into_a_headset_brings_no_canceller_back() {
        let mut path = EchoPath::default();
        hear(&mut path, WINDOW, 45.0, 1.0);
        for _ in 0..5_000 {
            hear(&mut path, 1, 0.0, 0.97);
            assert_ne!(path.use_of_it(), Use::Cancel);
        }
    }

    #[test]
    fn headphones_taken_off_bring_it_back_within_a_second() {
        let mut path = EchoPath::default();
        hear(&mut path, WINDOW, 45.0, 1.0);
        hear(&mut path, 10, 10.0, 1.0);
        assert_eq!(path.use_of_it(), Use::Listen);
        hear(&mut path, 20, 10.0, 0.6);
        hear(&mut path, 10, 10.0, 0.2);
        assert_eq!(path.use_of_it(), Use::Cancel);
    }
}
