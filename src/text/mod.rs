//! Every sentence a person can read: plain words, no blame, and after each problem what to do next.

mod advice;
mod again;
mod attention;
mod ballot;
mod behind;
mod care;
mod catalogue;
mod charter;
mod code;
mod commands;
pub mod cpu;
pub mod cue;
mod decide_panel;
mod decisions;
mod devices;
pub mod doctor;
mod door;
pub mod echo;
mod end;
pub mod examples;
mod faults;
mod figures;
mod floor;
mod guide;
pub mod help;
pub mod home;
mod invite;
mod key_text;
pub mod keys;
mod language;
mod leaving;
pub mod lists;
mod lobby;
pub mod menus;
mod minutes;
mod names;
mod no_decision;
mod not_now;
mod panels;
mod practice;
mod presence;
pub mod qr;
mod reach;
pub mod rejoined;
mod relay;
mod roles;
pub mod search;
mod second_way;
mod selection;
pub mod settings;
mod sign;
mod spending;
pub mod start;
mod status;
pub mod strip;
pub mod theme;
mod tour;
mod trouble;
mod turn_blocks;
mod turns;
pub mod typed;
pub mod usage;
mod verbosity;
mod verify;

pub use advice::Advice;
pub use again::again;
pub use attention::attention;
pub use ballot::{COUNTING, VOTE_IN, bad_ballot, secret_vote, turnout, uncounted, uncounted_word};
pub use behind::{LIVE_AGAIN, i_am_behind, member_behind, member_live};
pub use care::{alarm, alarm_short, cared, chat_text, private_lost};
pub use catalogue::Text;
pub use charter::{
    A_LIST, A_TABLE, NO_WORD, charter, charter_changes, charter_error, deed, long_charter, no_charter, odd_charter,
    wrong_charter,
};
pub use code::{
    CODE_PROMPT, CODE_PROMPT_SHORT, code_complete, code_hint, code_no_word, code_nothing_to_complete, code_number,
    code_short_word, code_too_many, code_words,
};
pub use commands::{OTHER_LINES, Word};
pub use decide_panel::{
    BEGAN_BEFORE, READ, asked_in_short, asked_of_me, minutes_counts, minutes_heading, proposal_by, proposal_note,
    proposal_words, vote_by, vote_counts, your_answer, your_secret_vote, your_vote, your_word_on_minutes,
};
pub use decisions::{
    RULES_CHANGED, answer, choice, counted, counts, decided_so_far, my_vote, overstepped, proposal, proposal_sentences,
    proposal_told, proposals, proposed, result, rules_changed, stage, tally, vote_kind, vote_sentences, vote_told,
};
pub use devices::{
    MIC_WORKS, device_heading, device_list, mic_fault, no_such_device, no_such_volume, own_volume, sound_event,
    sound_row, speaker, voice_advice, which_device, which_device_in_short,
};
pub use door::{
    AGREED, door_silent, first_steps, hosting, invite, joined, knock, knock_agreed, knock_over, lets_in_me, locked,
    new_code, odd_name, try_waits, try_waits_in_short, waiting, wrong_words,
};
pub use end::{ended, reason};
pub use faults::{audio_fault, code_fault, config_fault, dial_fault};
pub use figures::{LineState, bytes, kbps, line_state, span};
pub use floor::{Heard, floor, microphone};
pub use guide::{Guide, press, type_in};
pub use invite::{
    InvitationExtras, SCHEME, SHORT_FORM, invitation, invitation_link, long_invitation, short_invitation,
};
pub use language::Language;
pub use leaving::{Leaving, leaving, leaving_in_sentences};
pub use lobby::{NOTHING_IS_SENT, agreement, first_rules, ground_rules, hearing, rules, sound_check, sound_heard};
pub use minutes::{
    closing, minutes, minutes_agreed, minutes_file, minutes_kept, minutes_not_kept, minutes_not_read,
    minutes_page_task, minutes_task, minutes_wrong, receipt, receipt_of,
};
pub use names::{called, name, names};
pub use no_decision::{ask_the_group, no_decision};
pub use not_now::not_now;
pub use panels::*;
pub use practice::{Practice, practice};
pub use presence::{
    LINE_BACK, hand, has_place_again, is_away, is_back, is_gone, is_here, line_is_good, loses_words, namesake, road,
    writes,
};
pub use reach::{reach, reach_lines, reach_word};
pub use relay::{
    RESTORED, ask_for_key, changed_key, damaged_line, new_relay, no_key, other_key, relay_found, restoring,
    unkept_relay, unread_relays,
};
pub use roles::{can_take_back, choice_made, choosing, has_role, held_by, led_before, role, roles_are_given};
pub use second_way::{second_way, second_way_word};
pub use selection::{
    A_NUMBER_IS_ASKED, NOTHING_TO_WRITE, no_longer_waits, nobody_selected, nothing_written, own_microphone,
    pasted_in_part, pasted_text,
};
pub use sign::{Sign, signs};
pub use spending::{no_such_plan, spending, spendings};
pub use status::{heard_by, heard_by_few, link, speaking, speaking_short, who};
pub use tour::{TOUR_PROPOSAL, TourLine, TourStep, TourWord, tour, tour_word};
pub use trouble::{refusal, trouble};
pub use turn_blocks::{TurnBlock, turn_blocks};
pub use turns::{agenda, my_share, nudge, ordinal, round_kind, talks_muted, turned, why_muted};
pub use verbosity::{NOBODY_SPEAKS, SCREEN_SHOWS_SPEAKERS, Verbosity, begins_to_speak};
pub use verify::{
    WORDS_COME, explain_privacy, i_verified, no_words, privacy, privacy_in_short, privacy_mark, standing, the_words,
    verified, verify_begins, verify_over, verify_progress, verify_task, words_differ,
};

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).expect("a folder can be listed") {
            let path = entry.expect("a folder can be listed").path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
                let source = fs::read_to_string(&path).expect("a file can be read");
                let code = source.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
                found.push((path.display().to_string(), code));
            }
        }
    }

    /// What stands in quotes, outside of comments.
    fn quoted(code: &str) -> impl Iterator<Item = &str> {
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.flat_map(|line| line.split('"').skip(1).step_by(2))
    }

    /// Whether a sentence names a key or a command by itself, instead of asking a guide.
    fn names_a_way(text: &str) -> bool {
        let words: Vec<&str> = text.split(' ').collect();
        let presses = words.windows(2).any(|pair| {
            let key = pair[1].trim_end_matches(['.', ',', ';', ':']);
            (pair[0].eq_ignore_ascii_case("press") || pair[0].eq_ignore_ascii_case("drücke"))
                && (key.len() == 1 && key != "{" || matches!(key, "space" | "esc" | "tab" | "enter"))
        });
        let types = words.iter().any(|word| {
            let command = word.strip_prefix('/').unwrap_or_default();
            command.starts_with(|letter: char| letter.is_ascii_lowercase())
        });
        presses || types
    }

    #[test]
    fn no_sentence_names_a_key_or_a_command_by_itself() {
        assert!(
            names_a_way("Now press w.")
                && names_a_way("To see it, type /who.")
                && names_a_way("Drücke w.")
                && !names_a_way("Press {key}.")
        );
        let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut found = Vec::new();
        for part in ["text", "tui/view", "plain", "command", "rehearse", "app"] {
            sources(&src.join(part), &mut found);
        }
        for (path, code) in &found {
            let named: Vec<_> = quoted(code).filter(|text| names_a_way(text)).collect();
            // A device is no command.
            let named: Vec<_> = named.into_iter().filter(|text| !text.starts_with("/dev/")).collect();
            assert!(named.is_empty(), "{path}: {named:?}");
        }
        assert!(found.len() > 60, "the walk found {}", found.len());
        for language in super::Language::ALL {
            let named: Vec<_> =
                language.source().lines().filter(|line| !line.starts_with('#') && names_a_way(line)).collect();
            assert!(named.is_empty(), "{language:?}: {named:?}");
        }
    }
}
