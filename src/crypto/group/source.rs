//! A member's random bytes, which come from a seed and nothing else.

use std::hint::black_box;
use std::sync::{Arc, Mutex, PoisonError};

use rand_chacha::ChaCha20Rng;
use rand_core::{RngCore, SeedableRng};
use zeroize::{Zeroize, Zeroizing};

/// Random bytes from a seed. Clones draw from the same source, so no byte is given out twice.
///
/// Each draw replaces the key it came from ("fast key erasure"): memory tells nothing of earlier draws, so whoever takes over a
/// machine can't recover keys that were forgotten before.
#[derive(Clone)]
pub(super) struct Source(Arc<Mutex<Zeroizing<[u8; 32]>>>);

impl Source {
    /// A new source. Each seed is to be used once.
    pub(super) fn new(mut seed: [u8; 32]) -> Self {
        let source = Self(Arc::new(Mutex::new(Zeroizing::new(seed))));
        seed.zeroize();
        source
    }

    /// Fills `out`.
    pub(super) fn fill(&self, out: &mut [u8]) {
        let mut key = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut rng = ChaCha20Rng::from_seed(**key);
        rng.fill_bytes(&mut **key);
        rng.fill_bytes(out);
        // The generator doesn't clear itself. `black_box` keeps the compiler from leaving this write out.
        rng = ChaCha20Rng::from_seed([0; 32]);
        black_box(&rng);
    }

    /// 32 bytes, for a key.
    pub(super) fn key(&self) -> Zeroizing<[u8; 32]> {
        let mut key = Zeroizing::new([0; 32]);
        self.fill(&mut *key);
        key
    }
}
