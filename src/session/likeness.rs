//! Names that look alike, by the skeletons of Unicode's technical standard 39, and names that nobody can have.

use unicode_normalization::UnicodeNormalization;
use unicode_security::MixedScript;
use unicode_width::UnicodeWidthChar;

/// Names that would be taken for somebody or something else: for the person who reads them, for a role, or for what is typed in the
/// place of a name.
const RESERVED: [&str; 26] = [
    "you",
    "yourself",
    "me",
    "myself",
    "somebody",
    "nobody",
    "everyone",
    "everybody",
    "all",
    "facilitator",
    "the facilitator",
    "cofacilitator",
    "moderator",
    "the moderator",
    "comoderator",
    "admin",
    "administrator",
    "chair",
    "leader",
    // The same on a German screen.
    "du",
    "jemand",
    "niemand",
    "alle",
    "leitung",
    "die leitung",
    "coleitung",
];

/// Whether two names would look alike: letter case, invisible characters, other alphabets' letters of the same shape, accents and
/// padding don't count.
pub fn same_name(a: &str, b: &str) -> bool {
    let shapes = || (shape(a), shape(b));
    is_written_alike(a, b) || matches!(shapes(), (one, other) if one == other && !one.is_empty())
}

/// Whether two names are the same but for letter case and invisible characters: so somebody may write their own name another time.
pub fn is_written_alike(a: &str, b: &str) -> bool {
    let fold = |name: &str| -> String {
        name.chars().filter(|c| c.width().unwrap_or(0) > 0).flat_map(char::to_lowercase).collect()
    };
    fold(a) == fold(b)
}

/// Whether a name could be taken for another by somebody in a hurry: as [`same_name`], and with digits for letters, or a number or
/// the like behind.
pub(super) fn looks_like(a: &str, b: &str) -> bool {
    let b = hasty(b);
    hasty(a).iter().any(|shape| b.contains(shape))
}

/// Whether nobody can have this name.
pub fn is_reserved(name: &str) -> bool {
    RESERVED.iter().any(|reserved| same_name(name, reserved) || looks_like(name, reserved))
}

/// Whether letters of several alphabets stand in a name that no language mixes.
pub(super) fn is_mixed(name: &str) -> bool {
    !name.is_single_script()
}

/// What is seen of a name at a glance: its skeleton without case, accents and all that is no letter or digit.
fn shape(name: &str) -> String {
    let whole: String = name.nfkc().collect();
    let skeleton = unicode_security::skeleton(&whole).flat_map(char::to_lowercase);
    skeleton.nfd().filter(|c| c.is_alphanumeric() && !is_accent(*c)).collect()
}

/// Marks over, under and through letters, but not the vowels of scripts that write them as marks.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
}

/// The shapes of a name with letters for the digits and signs that stand for them: of all of it, and without a number behind.
fn hasty(name: &str) -> Vec<String> {
    let letter = |c: char| match c {
        '0' => 'o',
        '1' | '!' | '|' => 'l',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        '8' => 'b',
        c => c,
    };
    let bare = name.trim_end_matches(|c: char| c.is_numeric() || !c.is_alphanumeric());
    // A capital I looks like a small l, unless the whole name is in capitals.
    let small = [name.to_lowercase(), bare.to_lowercase()];
    let all = [name, bare, &small[0], &small[1]];
    let shapes = all.map(|name| shape(&name.chars().map(letter).collect::<String>()));
    shapes.into_iter().filter(|shape| !shape.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_are_the_same() {
        for like in [
            "hal",
            "HAL",
            "H\u{430}l",
            "\u{ff28}\u{ff41}\u{ff4c}",
            "HaI",
            "Ha1",
            "H\u{1ea1}l",
            "Ha|",
            "Hal.",
            " Hal ",
            "H al",
            "\u{41d}al",
            "Ha\u{200d}l",
            "Ha\u{301}l",
            "\u{1d407}\u{1d41a}\u{1d425}",
            "\u{24bd}al",
            "Hal\u{fe0f}",
            "_Hal_",
            "Hàł",
        ] {
            assert!(same_name("Hal", like), "{like:?} {:?}", shape(like));
        }
        assert!(same_name("Zoë", "zoe") && same_name("Arno", "Amo") && same_name("Ivy", "iVY"));
        assert!(same_name("Анна", "АННА") && same_name("李娜", "李娜"));
        for other in ["Hall", "Hai", "Hel", "Al", "Hal 2", "Ana", "李"] {
            assert!(!same_name("Hal", other), "{other:?}");
        }
        // Vowels that are marks count.
        assert!(!same_name("मीना", "मना") && !same_name("Мария", "Марина"));
    }

    #[test]
    fn digits_for_letters_and_numbers_behind_are_seen_in_a_hurry() {
        for (one, other) in
            [("Bob", "8ob"), ("Eli", "3li"), ("Hal", "Hal 2"), ("Hal", "Hal7"), ("Josh", "Jo5h"), ("Ana", "@na")]
        {
            assert!(looks_like(one, other) && !same_name(one, other), "{one} {other}");
        }
        assert!(!looks_like("Hal", "Hai") && !looks_like("1", "2"));
    }

    #[test]
    fn nobody_is_called_you_or_like_a_role() {
        for name in [
            "You",
            "Du",
            "Leitung",
            "Co-Leitung",
            "YOU",
            "y0u",
            "Yоu",
            "you ",
            "Ｙｏｕ",
            "Facilitator",
            "FACILITATOR 2",
            "co-facilitator",
            "The Facilitator",
            "Moderator",
            "mоderator",
            "M0DERATOR",
            "all",
            "Everybody",
            "Admin!",
        ] {
            assert!(is_reserved(name), "{name:?}");
        }
        for name in
            ["Yuri", "Yolanda", "Hostetler", "Al", "Mo", "Ally", "Relana", "Chai", "Ana", "Mei", "李娜", "Мария"]
        {
            assert!(!is_reserved(name), "{name:?}");
        }
    }

    #[test]
    fn only_alphabets_that_no_language_mixes_are_mixed() {
        assert!(is_mixed("Mаx") && is_mixed("Ρeter"));
        for name in ["Max", "Мария", "東京タワー", "김민수", "Zoë 2", "O'Hara", "أحمد", "Jo 🦊"] {
            assert!(!is_mixed(name), "{name:?}");
        }
    }
}
