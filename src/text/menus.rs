//! The lines of the menus, and what they ask for. Which letter stands for a line is in the table of `tui::menu`.

#![allow(missing_docs, reason = "the sentences say it")]

// The headings.
pub const TURNS: &str = "Turns";
pub const DECIDE: &str = "Decide";
pub const CARE: &str = "Care";
pub const ROLES: &str = "Roles";
pub const SOUND: &str = "Sound";
pub const NOTHING_TO_DO: &str = "There is nothing to do here at the moment.";

// Turns.
pub const DONE: &str = "Finish your turn in the round.";
pub const PASS: &str = "Pass your turn in the round.";
pub const LATER: &str = "Move your turn to the end of the round.";
pub const YES: &str = "Yes, keep everybody muted for as long again.";
pub const BACK: &str = "Say that you are back from the break.";
pub const HAND: &str = "Raise your hand, or lower it.";
pub const ASK: &str = "Ask the facilitator to let you speak, or withdraw your request.";
pub const STICK: &str = "Give the talking stick to the selected member, or type a name.";
pub const STICK_TO: &str = "Who gets the talking stick? Write a name.";
pub const STICK_DOWN: &str = "Put the talking stick down.";
pub const NEXT: &str = "Give the floor to the next raised hand, or to whoever asks to speak.";
pub const LEAST_FIRST: &str = "Raised hands: those heard least come first.";
pub const FIRST_FIRST: &str = "Raised hands: first up, first to speak.";
pub const MUTE: &str = "Mute the selected member, or type a name.";
pub const MUTE_WHOM: &str = "Who should be muted? Write a name.";
pub const MUTE_ALL: &str = "Mute everybody but yourself for a while.";
pub const UNMUTE_ALL: &str = "Let everybody speak again.";
pub const CHECK_IN: &str = "Begin a check-in round.";
pub const CHECK_OUT: &str = "Begin a check-out round.";
pub const FREE_ROUND: &str = "Begin a round on any topic.";
pub const SECONDS: &str = "Seconds for each, or Enter for no limit:";
pub const SKIP_TURN: &str = "Go on to the next person in the round.";
pub const END_ROUND: &str = "End the round.";
pub const AGENDA: &str = "Read the agenda.";
pub const ADD_POINT: &str = "Add a point to the agenda.";
pub const POINT: &str = "What is the next point about?";
pub const POINT_MINUTES: &str = "Minutes for it:";
pub const NEXT_POINT: &str = "Go on to the next point of the agenda.";
pub const CLEAR_AGENDA: &str = "Clear the agenda.";
pub const BREAK: &str = "Begin a break.";
pub const BREAK_MINUTES: &str = "Minutes of the break:";
pub const END_BREAK: &str = "End the break.";
pub const BELL: &str = "Set when the group's time is up.";
pub const BELL_MINUTES: &str = "Minutes until the group's time is up, or off:";

// Decide.
pub const PROPOSE: &str = "Propose something to the group.";
pub const PROPOSE_WHAT: &str = "What do you propose?";
pub const AGREE: &str = "Agree to the proposal, or to the minutes.";
pub const ASIDE: &str = "Stand aside: you don't agree, but you won't stand in the way.";
pub const BLOCK: &str = "Block, and say why.";
pub const BLOCK_WHY: &str = "Why can't you accept it?";
pub const NOT_RIGHT: &str = "Say that the minutes are not right.";
pub const AMEND: &str = "Change your proposal.";
pub const AMEND_TO: &str = "What do you propose instead?";
pub const WITHDRAW: &str = "Withdraw your proposal.";
pub const TEST: &str = "Ask everybody whether there is agreement.";
pub const OPEN_VOTE: &str = "Put it to an open vote.";
pub const SECRET_VOTE: &str = "Put it to a secret vote.";
pub const END_VOTE: &str = "End the vote, once half of the group has voted.";
pub const MOVE_FACILITATOR: &str = "Vote on a new facilitator: the selected member, or type a name.";
pub const MOVE_WHOM: &str = "Who should be the facilitator? Write a name.";
pub const CHANGE_RULES: &str = "Vote on a change of the ground rules.";
pub const WHICH_RULE: &str = "Which rule, and how? For example: close group.";
pub const ASK_TO_REMOVE: &str = "Ask the group to remove a member.";
pub const REMOVE_WHOM: &str = "Who should leave the group? Write a name.";
pub const PROPOSAL: &str = "Read what is proposed, and the answers so far.";
pub const MINUTES: &str = "Read the minutes. The facilitator reads them back to everybody.";
pub const SAVE: &str = "Keep the minutes in a file on this computer.";
pub const SAVE_WHERE: &str = "What should the file be called?";
pub const CLOSE: &str = "Come to a close: the minutes are read back, and then the group ends.";

// Care.
pub const HELP_ME: &str = "Ask those who lead for help. Nobody else sees it.";
pub const PRIVATE: &str = "Write to one member and nobody else.";
pub const PRIVATE_TO: &str = "Who is it for? Write a name.";
pub const PRIVATE_WHAT: &str = "What do you want to say?";
pub const HERE: &str = "Tell the others that you are here, without saying anything.";
pub const APPLAUD: &str = "Applaud without a sound. The others see it for a moment.";
pub const FOLLOW_UP: &str = "Say what to do if somebody vanishes. Those who lead see it.";
pub const FOLLOW_UP_WHOM: &str = "Who might vanish? Write a name.";
pub const FOLLOW_UP_WHAT: &str = "What should be done then?";
pub const HANDLED: &str = "Somebody who vanished or asked for help has been looked after.";
pub const HANDLED_WHOM: &str = "Who has been looked after? Write the name.";
pub const NOTE: &str = "Leave a note for those who lead, such as whom to call.";
pub const NOTE_WHAT: &str = "What should those who lead know? Nobody else sees it.";

// Roles.
pub const CO_FACILITATOR: &str = "Make a member co-facilitator. They take over if your line is lost.";
pub const CO_FACILITATOR_WHO: &str = "Who should be co-facilitator? Write a name.";
pub const FACILITATOR: &str = "Make a member the facilitator. You stay at their side.";
pub const FACILITATOR_WHO: &str = "Who should be facilitator? Write a name.";
pub const MEMBER: &str = "Make a leader a member again. You can step back this way too.";
pub const MEMBER_WHO: &str = "Who should be a member again? Write a name.";
pub const LEAD: &str = "Choose who leads: the selected member, or type a name.";
pub const LEAD_WHO: &str = "Who should lead the group? Write a name.";
pub const TAKE_BACK: &str = "Take the group back after your line was lost.";

// Sound.
pub const MIC_DEVICE: &str = "Choose another microphone.";
pub const SPEAKER_DEVICE: &str = "Choose another speaker.";
pub const VOLUME: &str = "Hear a member louder or softer. Nobody else notices.";
pub const VOLUME_WHOM: &str = "Whom do you want to hear louder or softer? Write a name.";
pub const VOLUME_PERCENT: &str = "Percent, from 50 to 200; 100 is as they are:";
pub const ALOUD: &str = "Go on aloud, without headphones.";

/// A question about what one member alone is to read.
pub fn only_for(name: &str, question: &str) -> String {
    format!("Only {name} sees it. {question}")
}
