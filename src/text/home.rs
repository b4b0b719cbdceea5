//! Home: what is said where nobody has said yet what they want.

/// Under the help of the program.
pub const EXAMPLES: &str = "\
Examples:
  ingle                                begin here if you are new
  ingle join 4821-otter-lamp-violin    join with a code you were given
  ingle host --title \"Tuesday group\"   open a group and get a code for it
  ingle doctor                         see whether sound and network are well";

/// The program's name, at the top.
pub const NAME: &str = "ingle";
/// The question that Home asks.
pub const QUESTION: &str = "What would you like to do?";
/// The same the first time.
pub const WELCOME: &str = "Welcome to ingle: meet your group by voice. In a moment you can join, host or practise.";
/// Under the list.
pub const PASTE: &str = "If somebody sent you an invitation, paste it here.";
/// What was pasted or typed leads nowhere.
pub const NO_CODE: &str = "There is no code in that. A code looks like 4821-otter-lamp-violin.";
/// The one pressed key means nothing here.
pub const NO_SUCH_KEY: &str = "Choose with the arrow keys, then press Enter.";

/// An entry: what it is called, and a sentence.
pub type Entry = (&'static str, &'static str);

/// Joining.
pub const JOIN: Entry = ("Join a group", "With your code or invitation.");
/// Hosting.
pub const HOST: Entry = ("Host a group", "Get a code to pass on to others.");
/// The sound check.
pub const SOUND: Entry = ("Sound check", "Hear yourself as others will.");
/// The rehearsal.
pub const PRACTISE: Entry = ("Practise", "Alone, with recorded voices.");
/// The settings.
pub const SETTINGS: Entry = ("Settings", "Name, microphone and speaker.");
/// Leaving.
pub const LEAVE: Entry = ("Leave", "Close ingle.");

/// Whose Home it is.
pub fn you_are(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!("You are {name}") }
}

/// The first question at the first start.
pub const WHICH_NAME: &str = "What should the others call you?";
/// What becomes of the answer.
pub const NAME_IS_KEPT: &str =
    "The others see this name. It stays on this computer, and you can change it at any time.";
/// The second.
pub const TRY_SOUND: &str = "Would you like to try your sound now?";
/// How long that takes.
pub const TRY_TAKES: &str = "It takes half a minute, and only you will hear it.";
/// Yes.
pub const TRY_NOW: Entry = ("Try it now", "");
/// No.
pub const TRY_LATER: Entry = ("Later", "");
/// Before hosting.
pub const WHICH_TITLE: &str = "What is your group called?";
/// What becomes of that.
pub const TITLE_IS_SEEN: &str = "It is in the invitation. Leave it empty to call it \"The group\".";
/// What stands for a group without a name.
pub const NO_TITLE: &str = "The group";

/// Where the settings are.
pub fn settings_are(file: Option<&str>) -> String {
    match file {
        Some(file) => format!("More can be set in {file}, which \"ingle config init\" writes."),
        None => "Nothing is kept on this computer, because INGLE_CONFIG_DIR is empty.".into(),
    }
}
/// Changing the name.
pub const CHANGE_NAME: &str = "Your name";
/// Choosing devices.
pub const CHANGE_MIC: &str = "Your microphone";
/// Choosing devices.
pub const CHANGE_SPEAKER: &str = "Your speaker";
/// Going back.
pub const BACK: Entry = ("Back", "");
/// No name is kept.
pub const ASKED_EACH_TIME: &str = "Asked each time";
/// Whatever the computer offers.
pub const OFFERED: &str = "The one your computer offers";
/// What was chosen can't be kept.
pub fn not_kept(why: &str) -> String {
    format!("That could not be kept on this computer: {why}.")
}

/// The steps of a sound check.
pub const STEP_MIC: &str = "Step 1 of 3: your microphone";
/// What to do there.
pub const SAY_SOMETHING: &str = "Say something: the bar moves when the right one is chosen.";
/// The second.
pub const STEP_SPEAKER: &str = "Step 2 of 3: your speaker or headphones";
/// What to do there.
pub const HEADPHONES: &str = "With headphones, nobody near you hears the group.";
/// The third.
pub const STEP_CHECK: &str = "Step 3 of 3: hear yourself";
/// While devices are looked for.
pub const LOOKING: &str = "Looking for your devices.";
/// Before the notes.
pub const OPENING: &str = "Opening your microphone and speaker.";
/// If nothing was heard.
pub const NO_NOTES: &str = "If you did not hear two notes, turn the sound up, or choose another speaker.";
/// The bar's name.
pub const LOUDNESS: &str = "Your voice";
/// After the verdict.
pub const AGAIN: Entry = ("Check again", "");
/// After the verdict.
pub const OTHERS: Entry = ("Choose other devices", "");
/// After the verdict.
pub const DONE: Entry = ("Done", "");
/// A device that was kept is not there at present.
pub fn kept_device_gone(name: &str) -> String {
    format!("\"{name}\", which you chose before, isn't plugged in, so the one that your computer offers is used.")
}

/// The name comes from elsewhere, so that choosing one here would change nothing.
pub const NAME_IS_SET: &str = "Your name is set in config.toml or by INGLE_NAME, which come first.";
/// No microphone to choose.
pub const NO_MIC: &str = "No microphone was found. Plug one in, or go on without: you can listen and write.";
/// No speaker to choose.
pub const NO_SPEAKER: &str = "No speaker was found. Plug one in, or go on without: you can read and write.";

/// The foot of a list, long and short.
pub const LIST_KEYS: [&str; 3] =
    ["up and down choose   Enter goes on   q leaves", "up, down, Enter   q leaves", "up, down, Enter"];
/// The foot of a list that isn't the first.
pub const PAGE_KEYS: [&str; 3] =
    ["up and down choose   Enter goes on   Esc goes back", "up, down, Enter   Esc back", "up, down, Enter"];
/// The foot of a step that can be left out.
pub const STEP_KEYS: [&str; 3] =
    ["up and down choose   Enter goes on   Esc skips this", "up, down, Enter   Esc skips", "up, down, Enter"];
/// The foot of a line to write in.
pub const LINE_KEYS: [&str; 3] = ["Enter goes on   Esc skips this", "Enter goes on   Esc skips", "Enter, Esc"];
/// The same where going back changes nothing.
pub const EDIT_KEYS: [&str; 3] = ["Enter goes on   Esc goes back", "Enter goes on   Esc back", "Enter, Esc"];
/// The foot of a check.
pub const CHECK_KEYS: [&str; 3] = ["Esc goes back", "Esc goes back", "Esc"];

/// In sentences: Home's heading.
pub const LIST_HEAD: &str = "ingle: meet your group by voice. What would you like to do?";
/// In sentences: what can be set.
pub const SETTINGS_IN_LINES: Entry = ("Your name", "Change what the others call you.");
/// In sentences: an entry.
pub fn numbered(number: usize, (title, sentence): Entry) -> String {
    if sentence.is_empty() { format!("{number}. {title}.") } else { format!("{number}. {title}: {sentence}") }
}
/// In sentences: the list is numbered.
pub const WHICH_NUMBER: &str = "Type a number, or paste your invitation, then press Enter: ";
/// In sentences.
pub const WHICH_NAME_LINE: &str = "What should the others call you? Press Enter to be asked each time: ";
/// In sentences.
pub const TRY_SOUND_LINE: &str = "Would you like to try your sound now? Type yes, or press Enter for later: ";
/// In sentences.
pub const WHICH_TITLE_LINE: &str = "What is your group called? Press Enter to call it \"The group\": ";
/// Whether an answer means yes.
pub fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}
