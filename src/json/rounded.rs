//! Figures as JSON has them.

/// JSON has no infinities, and more digits than were measured say nothing.
pub(super) fn rounded(figure: f64, digits: i32) -> f64 {
    let scale = 10f64.powi(digits);
    if figure.is_finite() { (figure * scale).round() / scale } else { 0.0 }
}
