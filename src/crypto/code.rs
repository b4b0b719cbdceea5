//! Codes such as `4821-otter-lamp-violin`: a nameplate by which the relay finds the room, and three words that only people and
//! their own machines know. Each word is one of 1,024, so three are worth 30 bits.

use rand_core::RngCore;
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::ids::Nameplate;

const LIST: &str = include_str!("../../assets/words.txt");
/// Words in the list.
const COUNT: usize = 1024;
/// Letters that are enough to tell each word from all others.
const PREFIX: usize = 3;

/// The three words of a code. They have no `Debug`, are erased when dropped, and are compared in constant time.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Words([u16; 3]);

impl Words {
    /// Three words drawn from the generator.
    pub fn draw(rng: &mut dyn RngCore) -> Self {
        // The list's length is a power of two, so the remainder favours no word.
        Self([(); 3].map(|()| (rng.next_u32() % COUNT as u32) as u16))
    }

    /// The words, joined by dashes.
    pub fn spoken(&self) -> String {
        self.0.map(word).join("-")
    }

    /// Reads words as [`Self::spoken`] writes them; `None` unless all three are in the list.
    pub fn read(spoken: &str) -> Option<Self> {
        let words = spoken.split('-').map(|word| find(word).ok()).collect::<Option<Vec<_>>>()?;
        words.try_into().ok().map(Self)
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_slice().ct_eq(other.0.as_slice()).into()
    }
}

/// A whole code.
///
/// ```
/// use ingle::crypto::code::Code;
///
/// let code = Code::parse("4821 OTT lamp-violin")?;
/// assert_eq!(code.spoken(), "4821-otter-lamp-violin");
/// let invitation = "Come at seven: ingle join 4821-otter-lamp-violin";
/// assert!(Code::find_in(invitation).is_some_and(|found| found.words == code.words));
/// assert!(Code::parse("4821-otter-lamp").is_err());
/// # Ok::<(), ingle::crypto::code::CodeError>(())
/// ```
#[derive(Clone)]
pub struct Code {
    /// What the relay finds the room by.
    pub nameplate: Nameplate,
    /// What opens the door.
    pub words: Words,
}

/// Why what was typed is not a code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// No number from 1000 to 9999 at the start.
    #[error("A code begins with four digits, like 4821-otter-lamp-violin.")]
    NoNumber,
    /// Too few or too many words after the number.
    #[error("A code has three words after its number; here there {}.", counted(*.0))]
    WordCount(usize),
    /// A word that is not in the list.
    #[error("\"{0}\" is not one of the words that codes are made of.")]
    UnknownWord(String),
}

fn counted(words: usize) -> String {
    match words {
        0 => "is none".to_owned(),
        1 => "is one".to_owned(),
        n => format!("are {n}"),
    }
}

impl Code {
    /// The code as people say and send it.
    pub fn spoken(&self) -> String {
        format!("{}-{}", self.nameplate, self.words.spoken())
    }

    /// Reads a code as people type it: letter case, spaces and dashes don't matter, and the first three letters of a word are
    /// enough.
    ///
    /// # Errors
    /// [`CodeError`] for the first thing that is wrong.
    pub fn parse(typed: &str) -> Result<Self, CodeError> {
        let mut tokens = tokens(typed);
        let nameplate = tokens.next().and_then(nameplate).ok_or(CodeError::NoNumber)?;
        let words: Vec<&str> = tokens.collect();
        let Ok(words) = <[&str; 3]>::try_from(words.as_slice()) else { return Err(CodeError::WordCount(words.len())) };
        let [a, b, c] = words.map(find);
        Ok(Self { nameplate, words: Words([a?, b?, c?]) })
    }

    /// Finds the first code in a longer text, such as an invitation that was pasted whole.
    pub fn find_in(text: &str) -> Option<Self> {
        let tokens: Vec<&str> = tokens(text).collect();
        tokens.windows(4).find_map(|window| Self::parse(&window.join(" ")).ok())
    }
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty())
}

fn nameplate(token: &str) -> Option<Nameplate> {
    let four_digits = token.len() == 4 && token.bytes().all(|b| b.is_ascii_digit());
    let number: u16 = token.parse().ok().filter(|_| four_digits)?;
    (Nameplate::MIN..=Nameplate::MAX).contains(&number).then_some(Nameplate(number))
}

/// The word at this place in the list, modulo its length.
pub(super) fn word(at: u16) -> &'static str {
    LIST.lines().nth(usize::from(at) % COUNT).unwrap_or_default()
}

/// The place of the word that begins with these letters, of which there must be at least three.
fn find(typed: &str) -> Result<u16, CodeError> {
    let lower = typed.to_lowercase();
    let found = LIST.lines().position(|word| lower.len() >= PREFIX && word.starts_with(&lower));
    found.and_then(|at| u16::try_from(at).ok()).ok_or_else(|| CodeError::UnknownWord(typed.to_owned()))
}

/// The words that begin with what was typed, for completion at a prompt.
pub fn completions(typed: &str) -> impl Iterator<Item = &'static str> {
    let lower = typed.to_lowercase();
    LIST.lines().filter(move |word| word.starts_with(&lower))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rand_chacha::ChaCha20Rng;
    use rand_core::SeedableRng;

    use super::*;

    #[test]
    fn the_list_can_be_said_and_completed() {
        let words: Vec<&str> = LIST.lines().collect();
        assert_eq!(words.len(), COUNT);
        assert!(words.is_sorted());
        assert!(words.iter().all(|w| (3..=8).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_lowercase())));
        assert_eq!(words.iter().map(|w| &w[..PREFIX]).collect::<BTreeSet<_>>().len(), COUNT);
    }

    #[test]
    fn no_two_words_sound_alike() {
        let words: BTreeSet<&str> = LIST.lines().collect();
        for group in include_str!("../../assets/homophones.txt").lines().filter(|line| !line.starts_with('#')) {
            let among: Vec<&str> = group.split_whitespace().filter(|word| words.contains(word)).collect();
            assert!(among.len() < 2, "{among:?} sound alike");
        }
    }

    #[test]
    fn codes_are_read_in_any_case_spacing_and_abbreviation() {
        let code = Code::parse("4821-otter-lamp-violin").map(|code| code.spoken());
        assert_eq!(code.as_deref(), Ok("4821-otter-lamp-violin"));
        for typed in
            ["4821 OTTER lamp  violin", " 4821-ott-lam-vio ", "4821, Otter, Lamp, Violin.", "4821–otter–lamp–viol"]
        {
            assert_eq!(Code::parse(typed).map(|code| code.spoken()), code, "{typed}");
        }
    }

    #[test]
    fn a_wrong_code_gets_a_helpful_error() {
        let error = |typed| Code::parse(typed).map(|_| ()).expect_err("not a code");
        assert_eq!(error(""), CodeError::NoNumber);
        assert_eq!(error("otter-lamp-violin"), CodeError::NoNumber);
        assert_eq!(error("0999-otter-lamp-violin"), CodeError::NoNumber);
        assert_eq!(error("99999-otter-lamp-violin"), CodeError::NoNumber);
        assert_eq!(error("4821-otter-lamp").to_string(), "A code has three words after its number; here there are 2.");
        assert_eq!(error("4821-otter-lamp-xyzzy"), CodeError::UnknownWord("xyzzy".into()));
        assert_eq!(error("4821-ot-lamp-violin"), CodeError::UnknownWord("ot".into()));
    }

    #[test]
    fn a_code_is_found_in_a_whole_invitation() {
        let text =
            "Dear all,\nTuesday at 1400 sharp: type\n  ingle join 4821-otter-lamp-violin --relay a.example:4433\n";
        assert_eq!(Code::find_in(text).map(|code| code.spoken()).as_deref(), Some("4821-otter-lamp-violin"));
        assert!(Code::find_in("see you in 2027 with tea").is_none());
    }

    #[test]
    fn drawn_words_differ_and_can_be_read_back() {
        let mut rng = ChaCha20Rng::seed_from_u64(7);
        let drawn: BTreeSet<String> = (0..100).map(|_| Words::draw(&mut rng).spoken()).collect();
        assert_eq!(drawn.len(), 100);
        assert!(drawn.iter().all(|spoken| Words::read(spoken).is_some_and(|words| words.spoken() == *spoken)));
        assert!(Words::read("otter-lamp").is_none() && Words::read("otter-lamp-violin-otter").is_none());
    }
}
