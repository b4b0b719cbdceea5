//! The contrast of two colours, as the Web Content Accessibility Guidelines 2 reckon it.

use ratatui::style::Color;

/// The least contrast that text has to have, to 1 (level AA).
pub(super) const LEAST: f64 = 4.5;

/// The 16 colours of common terminals, as `0xRRGGBB`: xterm, the VGA console, Windows, and Tango (GNOME).
const TERMINALS: [[u32; 16]; 4] = [
    [
        0x00_0000, 0xcd_0000, 0x00_cd00, 0xcd_cd00, 0x00_00ee, 0xcd_00cd, 0x00_cdcd, 0xe5_e5e5, 0x7f_7f7f, 0xff_0000,
        0x00_ff00, 0xff_ff00, 0x5c_5cff, 0xff_00ff, 0x00_ffff, 0xff_ffff,
    ],
    [
        0x00_0000, 0xaa_0000, 0x00_aa00, 0xaa_5500, 0x00_00aa, 0xaa_00aa, 0x00_aaaa, 0xaa_aaaa, 0x55_5555, 0xff_5555,
        0x55_ff55, 0xff_ff55, 0x55_55ff, 0xff_55ff, 0x55_ffff, 0xff_ffff,
    ],
    [
        0x0c_0c0c, 0xc5_0f1f, 0x13_a10e, 0xc1_9c00, 0x00_37da, 0x88_1798, 0x3a_96dd, 0xcc_cccc, 0x76_7676, 0xe7_4856,
        0x16_c60c, 0xf9_f1a5, 0x3b_78ff, 0xb4_009e, 0x61_d6d6, 0xf2_f2f2,
    ],
    [
        0x2e_3436, 0xcc_0000, 0x4e_9a06, 0xc4_a000, 0x34_65a4, 0x75_507b, 0x06_989a, 0xd3_d7cf, 0x55_5753, 0xef_2929,
        0x8a_e234, 0xfc_e94f, 0x73_9fcf, 0xad_7fa8, 0x34_e2e2, 0xee_eeec,
    ],
];

/// The 16 colours in the order of their numbers.
const ORDER: [Color; 16] = [
    Color::Black,
    Color::Red,
    Color::Green,
    Color::Yellow,
    Color::Blue,
    Color::Magenta,
    Color::Cyan,
    Color::Gray,
    Color::DarkGray,
    Color::LightRed,
    Color::LightGreen,
    Color::LightYellow,
    Color::LightBlue,
    Color::LightMagenta,
    Color::LightCyan,
    Color::White,
];
/// The steps of a part of the 216 colours from 16 on.
const CUBE: [u32; 6] = [0, 95, 135, 175, 215, 255];

/// The least contrast that text has in any of the terminals, from 1 to 21. A background that is the terminal's own is black, or
/// white if it is `light`; text that is its own is taken for readable.
pub(super) fn least(text: Color, behind: Color, light: bool) -> f64 {
    let own = if light { 0xff_ffff } else { 0 };
    let text_own = if is_light(behind, light) { 0 } else { 0xff_ffff };
    let of = |terminal: &[u32; 16]| ratio(value(text, terminal, text_own), value(behind, terminal, own));
    TERMINALS.iter().map(of).fold(f64::MAX, f64::min)
}

fn is_light(behind: Color, light: bool) -> bool {
    behind == Color::Reset && light || behind != Color::Reset && luminance(value(behind, &TERMINALS[0], 0)) > 0.18
}

/// A colour in a terminal, as `0xRRGGBB`.
fn value(color: Color, terminal: &[u32; 16], own: u32) -> u32 {
    let rgb = |[red, green, blue]: [u32; 3]| (red << 16) | (green << 8) | blue;
    match color {
        Color::Rgb(red, green, blue) => rgb([red, green, blue].map(u32::from)),
        Color::Indexed(index @ 0..16) => terminal[usize::from(index)],
        Color::Indexed(index @ 16..232) => {
            let index = usize::from(index) - 16;
            rgb([index / 36, index / 6 % 6, index % 6].map(|part| CUBE[part]))
        }
        Color::Indexed(index) => rgb([8 + 10 * (u32::from(index) - 232); 3]),
        named => ORDER.iter().position(|other| *other == named).map_or(own, |at| terminal[at]),
    }
}

/// The nearest of the colours from 16 to 255 that all terminals with 256 show alike.
pub(super) fn in_256(color: Color) -> Color {
    let Color::Rgb(red, green, blue) = color else { return color };
    let parts = [red, green, blue].map(i64::from);
    let distance = |index: u8| {
        let value = value(Color::Indexed(index), &TERMINALS[0], 0);
        let other = [value >> 16, (value >> 8) & 0xff, value & 0xff].map(i64::from);
        parts.iter().zip(other).map(|(one, other)| (one - other).pow(2)).sum::<i64>()
    };
    Color::Indexed((16..=255).min_by_key(|index| distance(*index)).unwrap_or(16))
}

fn ratio(one: u32, other: u32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: u32) -> f64 {
    let part = |shift: u32| {
        let value = f64::from((color >> shift) & 0xff) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_on_white_has_a_contrast_of_21() {
        let (black, white) = (Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255));
        assert!((least(black, white, false) - 21.0).abs() < 0.01 && (least(white, white, false) - 1.0).abs() < 0.01);
        assert!(least(Color::Blue, Color::Reset, false) < LEAST && least(Color::Blue, Color::Reset, true) >= LEAST);
        assert!(least(Color::Reset, Color::Reset, true) > 20.0);
    }

    #[test]
    fn the_256_colours_are_where_terminals_have_them() {
        let of = |index| value(Color::Indexed(index), &TERMINALS[0], 0);
        assert_eq!((of(16), of(231), of(196), of(232), of(255)), (0, 0xff_ffff, 0xff_0000, 0x08_0808, 0xee_eeee));
        assert_eq!(in_256(Color::Rgb(254, 1, 0)), Color::Indexed(196));
        assert_eq!(in_256(Color::Green), Color::Green);
    }
}
