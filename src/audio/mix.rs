//! Several voices into one without harshness.

/// Above this (-3 dBFS) peaks are rounded off; below nothing changes.
const KNEE: f32 = 0.707;

/// Rounds peaks off so that the sum of several voices stays below full scale. It has no memory, so it can't pump.
pub fn soften(samples: &mut [f32]) {
    for sample in samples {
        let over = sample.abs() - KNEE;
        if over > 0.0 {
            *sample = (KNEE + (1.0 - KNEE) * (over / (1.0 - KNEE)).tanh()).copysign(*sample);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_sounds_pass_and_loud_ones_stay_in_range() {
        let mut samples: Vec<f32> = (-600..=600).map(|i| i as f32 / 100.0).collect();
        let before = samples.clone();
        soften(&mut samples);
        for (a, b) in before.iter().zip(&samples) {
            assert!(b.abs() <= 1.0);
            assert!(a.abs() > KNEE || a == b);
        }
        assert!(samples.windows(2).all(|w| w[0] <= w[1]), "louder stays louder");
    }
}
