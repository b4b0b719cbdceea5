//! How loud something is, in the eight steps that a talk meter has.

/// Loudness of `samples` (full scale is 1.0) in steps of 5 dB: 0 below -50 dBFS, 7 from -20 dBFS up.
pub fn loudness(samples: &[f32]) -> u8 {
    // The cast saturates, and silence (minus infinity) becomes 0.
    ((decibels(samples) + 55.0) / 5.0).clamp(0.0, 7.0) as u8
}

/// Root mean square of `samples` in dBFS; -120 for silence and for nothing.
pub fn decibels(samples: &[f32]) -> f32 {
    if samples.is_empty() {
        return -120.0;
    }
    let power = samples.iter().map(|s| s * s).sum::<f32>() / samples.len() as f32;
    (10.0 * power.log10()).max(-120.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_is_5_db() {
        let at = |db: f32| loudness(&[10f32.powf(db / 20.0); 100]);
        assert_eq!([-90.0, -51.0, -49.0, -44.0, -22.0, -19.0, 0.0].map(at), [0, 0, 1, 2, 6, 7, 7]);
        assert_eq!(loudness(&[]), 0);
        assert_eq!(loudness(&[0.0; 10]), 0);
    }
}
