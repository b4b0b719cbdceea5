//! Home: what is said where nobody has said yet what they want.

use super::catalogue::{Text, say, text};
use super::language::Language;

/// The program's name, at the top.
pub const NAME: &str = "ingle";
/// The question that Home asks.
pub const QUESTION: Text = Text::new("home-question");
/// The same the first time.
pub const WELCOME: Text = Text::new("home-welcome");
/// Under the list.
pub const PASTE: Text = Text::new("home-paste");
/// What was pasted or typed leads nowhere.
pub const NO_CODE: Text = Text::new("home-no-code");
/// The one pressed key means nothing here.
pub const NO_SUCH_KEY: Text = Text::new("home-no-such-key");

/// An entry: what it is called, and a sentence.
pub type Entry = (Text, Text);

/// Joining.
pub const JOIN: Entry = (Text::new("home-join"), Text::new("home-join-about"));
/// Hosting.
pub const HOST: Entry = (Text::new("home-host"), Text::new("home-host-about"));
/// The sound check.
pub const SOUND: Entry = (Text::new("home-sound"), Text::new("home-sound-about"));
/// The rehearsal.
pub const PRACTISE: Entry = (Text::new("home-practise"), Text::new("home-practise-about"));
/// The settings.
pub const SETTINGS: Entry = (Text::new("home-settings"), Text::new("home-settings-about"));
/// Leaving.
pub const LEAVE: Entry = (Text::new("home-leave"), Text::new("home-leave-about"));

/// Whose Home it is.
pub fn you_are(name: &str) -> String {
    if name.is_empty() { String::new() } else { say!("home-you-are", name) }
}

/// The first question at the first start.
pub const WHICH_NAME: Text = Text::new("home-which-name");
/// What becomes of the answer.
pub const NAME_IS_KEPT: Text = Text::new("home-name-is-kept");
/// The second.
pub const TRY_SOUND: Text = Text::new("home-try-sound");
/// How long that takes.
pub const TRY_TAKES: Text = Text::new("home-try-takes");
/// Yes.
pub const TRY_NOW: Entry = (Text::new("home-try-now"), Text::NONE);
/// No.
pub const TRY_LATER: Entry = (Text::new("home-try-later"), Text::NONE);
/// Before hosting.
pub const WHICH_TITLE: Text = Text::new("home-which-title");
/// What becomes of that.
pub const TITLE_IS_SEEN: Text = Text::new("home-title-is-seen");
/// What stands for a group without a name.
pub const NO_TITLE: Text = Text::new("home-no-title");

/// Where the settings are.
pub fn settings_are(file: Option<&str>) -> String {
    match file {
        Some(file) => say!("home-more-can-set-which", file),
        None => text("home-nothing-kept-computer-because").into(),
    }
}
/// Changing the name.
pub const CHANGE_NAME: Text = Text::new("home-change-name");
/// Choosing devices.
pub const CHANGE_MIC: Text = Text::new("home-change-mic");
/// Choosing devices.
pub const CHANGE_SPEAKER: Text = Text::new("home-change-speaker");
/// Choosing the language, in words that readers of any of them find.
pub const CHANGE_LANGUAGE: Text = Text::new("home-change-language");
/// Going back.
pub const BACK: Entry = (Text::new("home-back"), Text::NONE);
/// No name is kept.
pub const ASKED_EACH_TIME: Text = Text::new("home-asked-each-time");
/// Whatever the computer offers.
pub const OFFERED: Text = Text::new("home-offered");
/// What was chosen can't be kept.
pub fn not_kept(why: &str) -> String {
    say!("home-could-not-kept-computer", why)
}

/// The steps of a sound check.
pub const STEP_MIC: Text = Text::new("home-step-mic");
/// What to do there.
pub const SAY_SOMETHING: Text = Text::new("home-say-something");
/// The second.
pub const STEP_SPEAKER: Text = Text::new("home-step-speaker");
/// What to do there.
pub const HEADPHONES: Text = Text::new("home-headphones");
/// The third.
pub const STEP_CHECK: Text = Text::new("home-step-check");
/// While devices are looked for.
pub const LOOKING: Text = Text::new("home-looking");
/// Before the notes.
pub const OPENING: Text = Text::new("home-opening");
/// If nothing was heard.
pub const NO_NOTES: Text = Text::new("home-no-notes");
/// The bar's name.
pub const LOUDNESS: Text = Text::new("home-loudness");
/// After the verdict.
pub const AGAIN: Entry = (Text::new("home-again"), Text::NONE);
/// After the verdict.
pub const OTHERS: Entry = (Text::new("home-others"), Text::NONE);
/// After the verdict.
pub const DONE: Entry = (Text::new("home-done"), Text::NONE);
/// A device that was kept is not there at present.
pub fn kept_device_gone(name: &str) -> String {
    say!("home-which-chose-before-isnt", name)
}

/// The name comes from elsewhere, so that choosing one here would change nothing.
pub const NAME_IS_SET: Text = Text::new("home-name-is-set");
/// The language likewise.
pub const LANGUAGE_IS_SET: Text = Text::new("home-language-is-set");
/// No microphone to choose.
pub const NO_MIC: Text = Text::new("home-no-mic");
/// No speaker to choose.
pub const NO_SPEAKER: Text = Text::new("home-no-speaker");

/// The foot of a list, long and short.
pub const LIST_KEYS: [Text; 3] =
    [Text::new("home-list-keys-1"), Text::new("home-list-keys-2"), Text::new("home-list-keys-3")];
/// The foot of a list that isn't the first.
pub const PAGE_KEYS: [Text; 3] =
    [Text::new("home-page-keys-1"), Text::new("home-page-keys-2"), Text::new("home-page-keys-3")];
/// The foot of a step that can be left out.
pub const STEP_KEYS: [Text; 3] =
    [Text::new("home-step-keys-1"), Text::new("home-step-keys-2"), Text::new("home-step-keys-3")];
/// The foot of a line to write in.
pub const LINE_KEYS: [Text; 3] =
    [Text::new("home-line-keys-1"), Text::new("home-line-keys-2"), Text::new("home-line-keys-3")];
/// The same where going back changes nothing.
pub const EDIT_KEYS: [Text; 3] =
    [Text::new("home-edit-keys-1"), Text::new("home-edit-keys-2"), Text::new("home-edit-keys-3")];
/// The foot of a check.
pub const CHECK_KEYS: [Text; 3] =
    [Text::new("home-check-keys-1"), Text::new("home-check-keys-2"), Text::new("home-check-keys-3")];

/// In sentences: Home's heading.
pub const LIST_HEAD: Text = Text::new("home-list-head");
/// In sentences: what can be set.
pub const SETTINGS_IN_LINES: Entry = (Text::new("home-settings-in-lines"), Text::new("home-settings-in-lines-about"));
/// In sentences: the language.
pub const LANGUAGE_IN_LINES: Entry = (CHANGE_LANGUAGE, Text::NONE);
/// In sentences: its entry, which says what choosing it does.
pub fn numbered_language(number: usize, now: Language) -> String {
    let about = say!("home-language-in-lines", now = now.name(), next = now.next().name());
    format!("{number}. {CHANGE_LANGUAGE}: {about}")
}
/// In sentences: the language has been chosen.
pub fn speaks(language: Language) -> String {
    say!("home-speaks", language = language.name())
}
/// In sentences: an entry.
pub fn numbered(number: usize, (title, sentence): Entry) -> String {
    if sentence.is_empty() { format!("{number}. {title}.") } else { format!("{number}. {title}: {sentence}") }
}
/// In sentences: the list is numbered.
pub const WHICH_NUMBER: Text = Text::new("home-which-number");
/// In sentences.
pub const WHICH_NAME_LINE: Text = Text::new("home-which-name-line");
/// In sentences.
pub const TRY_SOUND_LINE: Text = Text::new("home-try-sound-line");
/// In sentences.
pub const WHICH_TITLE_LINE: Text = Text::new("home-which-title-line");
/// Whether an answer means yes.
pub fn is_yes(answer: &str) -> bool {
    is_one_of(answer, text("home-means-yes"))
}

/// Whether an answer means no.
pub fn is_no(answer: &str) -> bool {
    is_one_of(answer, text("home-means-no"))
}

fn is_one_of(answer: &str, words: &str) -> bool {
    let answer = answer.trim().to_lowercase();
    words.split(' ').any(|word| word == answer)
}
