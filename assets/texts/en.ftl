# The sentences of ingle in English, which all other languages are translated from.
#
# Plain words, no blame, no jargon, at the reading level of a health leaflet. What a person types (/mute, --relay) and the names of
# keys are the same in every language.
#
# Variables that come often:
#   $name: a member's name. Most others that are named after a command or a key ($mic, $agree, $help and so on) say how to do it,
#   inside of the sentence: "press h" or "type /hand"; in rows of keys they are the keys alone.
# A message that begins or ends with {" "} is joined to another one; the comment says to which.


## again.rs: What happened several times within a minute, in one sentence.


# How often it happened within a minute, after the first time. Used by the sentences below.
# $times: a number.
again-often = { $times ->
    [0] again
    [1] again
    [2] twice
    [3] three times
    [4] four times
    [5] five times
    [6] six times
    [7] seven times
    [8] eight times
    [9] nine times
    [10] ten times
    [11] eleven times
    [12] twelve times
   *[other] { $times } times
}
# $on: "yes" if the member is here now.
again-circle = { $name } came in { again-often }. { $on ->
    [yes] { $name } is here now.
   *[no] { $name } is gone.
}
again-removed = { $name } was taken out of the group { again-often }.
# $on: "yes" if it is so now, here and below.
again-line = { $name }'s line was cut { again-often }. { $on ->
    [yes] It is cut now.
   *[no] It is back.
}
again-losing = { $name } lost words { again-often }. { $on ->
    [yes] Words still get lost.
   *[no] The line is good again.
}
again-muted = The facilitator muted { $name } { again-often }. { $on ->
    [yes] { $name } is muted now.
   *[no] { $name } may speak.
}
again-hand = { $name } raised a hand { again-often }. { $on ->
    [yes] It is up now.
   *[no] It is down.
}
again-asks = { $name } asked to speak { again-often }. { $on ->
    [yes] { $name } still asks to.
   *[no] { $name } no longer asks to.
}
again-knock = { $name } knocked { again-often }. { $on ->
    [yes] { $name } is at the door.
   *[no] { $name } is no longer at the door.
}
again-agrees = { $name } agreed to the ground rules { again-often }.
again-here = { $name } gave a quiet sign { again-often }.
again-applause = { $name } applauded { again-often }.
again-help = { $name } asked for help { again-often }. Only those who lead see this.
again-vanished = { $name } vanished { again-often }.
again-seen-to = { $name } was looked after { again-often }.
again-behind = { $name } was behind { again-often }. { $on ->
    [yes] { $name } is behind now.
   *[no] { $name } hears what is live.
}
again-vote = { $name } voted { again-often }.
again-minutes = { $name } answered { again-often } whether the minutes are right.
again-ballot = { $name } sent ballots that are no good { again-often }.
again-overstepped = { $name } did something without the group's yes { again-often }.
again-no-mic = { $name }'s microphone was gone { again-often }. { $on ->
    [yes] It is gone now.
   *[no] It works now.
}
again-role = { $name } was given another role { again-often }.

## attention.rs: What is worth a sign outside of the window. It names nobody: others may see it.

# The sentence for something that waits for this person; none for most of what happens.
attention-turn = It is your turn.
attention-next-speak = You are next to speak.
attention-break-over = The break is over.
attention-somebody-door = Somebody is at the door.
attention-somebody-asks-help = Somebody asks for help.
attention-private-message = There is a private message for you.
attention-circle = You are in the circle.

## ballot.rs: Secret votes, in sentences.

# What a voter must know in a secret vote with few others.
ballot-few = With so few voters the result can show how somebody voted.
# What I hear when my vote is in.
ballot-vote-in = Your vote is in. Nobody can see it. You can change it until everybody has voted.
# The time to vote is over, and the result comes in a moment.
ballot-counting = The ballots are in and are being counted.
# What is said when a secret vote opens.
ballot-nobody-sees-how-anybody = Nobody sees how anybody votes, only the totals.
# A member's program has sent what doesn't count.
ballot-program-sent-ballot-not = { $name }'s program sent a ballot that is not valid, so it does not count.
# A secret vote came to nothing, and what can be done: without those of these names it can't be counted.
ballot-ask-group-again-make = To ask the group again, make a fresh proposal: { $propose }.
ballot-too-few-voted-keep = Too few have voted to keep the votes secret, so nothing was counted.
ballot-please-dont-simply-vote = Please don't simply vote again the same way: two totals could show how one of you voted.
ballot-ballots-did-not-add = The ballots did not add up, so nothing was counted.

# The time to vote is over, in a line, and shorter.
ballot-counted-now = the ballots are being counted
ballot-counted-now-short = being counted
# How far a secret vote is. $few: "yes" if there are so few voters that they should know.
ballot-turnout = { $voted } of { $of } have voted{ $few ->
    [yes] ; so few that the result can show who
   *[no] {""}
}
# The same in one line of a small screen.
ballot-turnout-short = { $voted } of { $of } { $few ->
    [yes] voted: so few can show who
   *[no] have voted
}
# $names: the members who are missing, and $count how many.
ballot-missing = { $names } { $count ->
    [one] is
   *[other] are
} missing in the count, so the secret vote can't be counted.

## behind.rs: Hearing what was missed, some seconds behind what is said now.

# What I hear is live again.
behind-live-again = You hear everything as it is said again.
# A member hears what is live.
behind-hears-everything-again-said = { $name } hears everything again as it is said.

# $behind: one of the next two.
behind-me = You are { $behind }. You now hear what you missed, a little faster. To skip it, { $skip }.
behind-member = { $name } is { $behind }, and now hears what was missed.
behind-minutes = minutes behind
behind-seconds = { $seconds ->
    [one] { $seconds } second behind
   *[other] { $seconds } seconds behind
}

## care.rs: What is for a few eyes only, and looking after each other.

# The sentence for an event about care; `None` if it's about a member who has left, or an alarm that is over.
care-once-somebody-looked-after = Once somebody has looked after { $name }, { $handled }.
care-asks-help-only-those = { $name } asks for help. Only those who lead see this. { $done }
# A private word came.
care-only-from = Only to you, from { $from }: { $text }
# My private word is with them.
care-only-from-2 = Only to { $to }, from you: { $text }
# A line as it stands among what was written.
care-only = (only to you) { $text }
care-only-2 = (only to { $to }) { $text }
# A private word that reached nobody, and went to nobody else.
care-gone-words-reached-nobody = { $name } is gone, so your words reached nobody.
care-nobody-else-seen-them = Nobody else has seen them. You wrote: "{ $text }".
# My own call for help is out.
care-help-sent = Those who lead have been told, and nobody else. You don't have to say anything now.
# Somebody has given a quiet sign.
care-told-others = You have told the others that you are here.
care-quietly = { $name } is here, quietly.
care-applaud-others-see = You applaud; the others see it.
care-applauds = { $name } applauds.
# A quiet sign beside a name.
care-is-here = is here
care-applauds-2 = applauds
# An alarm was seen to, by somebody who leads.
care-looked-after = { $by } has looked after { $name }.
# What is to be done if somebody vanishes, for those who lead.
care-if-vanishes-nothing-needs = If { $name } vanishes, nothing needs to be done.
care-if-vanishes-only-those = If { $name } vanishes: { $text }. Only those who lead see this.
# Somebody has left a note at the door, for those who lead.
care-note-from-only-those = A note from { $name }, only for those who lead: { $text }
# My own note is with the door.
care-note-sent = Those who lead have your note, and nobody else. It is gone when the group ends.

# Somebody vanished; for those who lead. $text: what the person wanted to be done. $back: "yes" if somebody of that name is here again.
care-vanished-do = { $name } vanished{ $back ->
    [yes] , and somebody with this name has come in since
   *[no] {""}
}. What to do: { $text }.
care-vanished = { $name } vanished{ $back ->
    [yes] , and somebody with this name has come in since
   *[no] {""}
}. Nobody has said what to do then.
# The same in one line of a small screen.
care-vanished-do-short = { $name } vanished{ $back ->
    [yes] {" "}(back?)
   *[no] {""}
}: { $text }
care-vanished-short = { $name } vanished{ $back ->
    [yes] {" "}(back?)
   *[no] {""}
}

## charter.rs: The charter: what a group holds itself by, in sentences, and what is wrong with one that can't be read.

# What a group holds itself by, a sentence or two each.
charter-mute-all-ends-by = A mute of all ends by itself after { $time }.
charter-two-members-must-say = Two members must say yes before anybody is let in.
charter-any-time-members-can = At any time members can choose another facilitator or change these rules by vote.
charter-if-no-facilitator-left = If no facilitator is left, whoever has been here longest takes the chair.
charter-if-no-facilitator-left-role = If no facilitator is left, the role goes to the member who came in next after the last one.
# What a power does.
charter-mute-one = mute one
charter-mute-all = mute all
charter-lock-door = lock the door
charter-remove-member = remove a member
charter-end-group = end the group
charter-lead-turns = lead turns
charter-call-vote = call a vote
charter-name-co-facilitators = name co-facilitators
# What is wrong with a point of a charter, and what it could be.
charter-charter-no-point-called = A charter has no point called "{ $point }".
charter-can-say = It can say: { $value }.
charter-cant = "{ $point }" can't be "{ $written }".
charter-can = It can be { $allowed }.
# A value that is a list.
charter-a-list = a list
# A value that is a table.
charter-a-table = a table
# A value that is something else than a text or a number.
charter-no-word = something else than a word
# The same, in a file.
charter-line-charter = Line { $line } of the charter { $name }: { $message }
# A file that can't be read.
charter-no-charter-called-no = There is no charter called "{ $name }", and no such file.
charter-not-allowed-read-charter = You are not allowed to read the charter { $name }.
charter-charter-cant-read = The charter { $name } can't be read.
charter-choose-facilitated-shared-peer = Choose facilitated, shared or peer, or give the path of a file with a charter.
# A file that is far longer than any charter.
charter-file-too-long-charter = The file { $name } is too long for a charter.
charter-please-check-right-file = Please check that it is the right file.
# A file that is no TOML, from some line on.
charter-write-name-equals-sign = Write a name, an equals sign and a value in quotation marks: lobby = "two yeses".

# $deeds: several of the deeds below, such as "mute all and lock the door".
charter-facilitator-may = The facilitator alone may { $deeds }.
charter-group-may = Only with the group's yes the facilitator may { $deeds }.
charter-everybody-may = Everybody may { $deeds }.
# What a vote needs.
charter-needs-more-yes = more yes than no votes
charter-needs-two-yes = two yes votes for each no
charter-needs-consensus = { $against ->
    [0] no one against
    [one] at most one against
   *[other] at most { $against } against
}
# $vote: one of the three above.
charter-decided = The group looks for agreement first. A vote needs { $vote }, and half of the group voting.
# After how long everybody may speak again.
charter-minutes = { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}
charter-seconds = { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}
# A file of ground rules that can't be read, from a line on if that is known.
charter-odd-line = Line { $line } of the charter { $name } can't be understood.
charter-odd = The charter { $name } can't be understood.

## code.rs: The prompt for a code: what is said while it is typed.

# What the prompt says.
code-code-prompt = Your code, or the whole invitation:{" "}
# The same where there is little room.
code-code-prompt-short = Code:{" "}
# Under the prompt before anything is typed.
code-four-digits-three-words = Four digits and three words, like 4821-otter-lamp-violin. Tab completes a word.
# What was typed doesn't begin with a number as codes do.
code-code-begins-four-digits = A code begins with four digits, and the first is not 0. Please check them.
# No word that codes are made of begins so.
code-no-word-code-begins = No word in a code begins with "{ $typed }". Please check it; the erase key takes letters back.
# A word that was ended before it was clear which one it is.
code-could-first-three-letters = "{ $typed }" could be { $choice }. The first three letters are enough.
# There are words enough.
code-code-only-three-words = A code has only three words.
# Tab was pressed where there is nothing to complete.
code-type-letter-two-word = Type a letter or two of the word, then Tab.
# The code is whole.
code-code-complete-press-enter = The code is complete. Press Enter to go on.

# $words: words of a code, in a row.
code-words-and-more = { $words } and { $more } more

## commands.rs: The commands that can be typed, and what each of them does.

# What the command does, in a sentence or two for the help.
commands-opens-closes-microphone = Opens or closes your microphone.
commands-raises-hand-lowers = Raises your hand, or lowers it.
commands-lists-who-who-speaking = Lists who is here, who is speaking and whose hand is up.
commands-shows-how-good-line = Shows how good your line is, and how much data it has used.
commands-shows-what-others-need = Shows what others need to join.
commands-agrees-proposal-minutes-door = Agrees to the proposal or the minutes; at the door, to the ground rules.
commands-door-checks-sound-nothing = At the door: checks your sound. Nothing is sent.
commands-shows-ground-rules = Shows the ground rules.
commands-explains-what-private-what = Explains what is private, and what the relay can see.
commands-when-words-compared-yours = When words are compared: yours are the same.
commands-when-words-compared-yours-different = When words are compared: yours are different.
commands-shows-what-can-do = Shows what you can do.
commands-leaves-group-which-goes = Leaves the group, which goes on without you. A facilitator hands over to NAME, or to whoever is next.
commands-lets-someone-who-waiting = Lets in someone who is waiting at the door.
commands-turns-away-someone-who = Turns away someone who is waiting at the door.
commands-mutes-member-everybody-but = Mutes a member, or everybody but you for three minutes; the ground rules can say otherwise.
commands-lets-muted-member-speak = Lets a muted member speak again, or everybody.
commands-locks-door-nobody-can = Locks the door, so that nobody can knock.
commands-unlocks-door = Unlocks the door.
commands-removes-member-from-group = Removes a member from the group.
commands-lets-one-more-person = Lets one more person try the code, after too many wrong tries.
commands-changes-words-code-everybody = Changes the words of the code. Everybody inside stays inside.
commands-compares-four-words-everybody = Compares four words with everybody, to make sure that nobody is listening in.
commands-ends-group-everybody-once = Ends the group for everybody, once the minutes have been read back.
commands-gives-member-role-whoever = Gives a member a role. Whoever leads can also step back.
commands-while-no-facilitator-chooses = While no facilitator is here: chooses who leads, NAME or you. More than half decide.
commands-takes-group-back-after = Takes the group back after your line was lost.
commands-gives-member-who-back = Gives a member who is back their place, vote and role again.
commands-asks-facilitator-let-speak = Asks the facilitator to let you speak, even while you are muted, or withdraws your request.
commands-passes-talking-stick-puts = Passes the talking stick, or puts it down. Only its holder is heard.
commands-ends-turn-round-facilitator = Ends your turn in a round; for the facilitator, whoever's turn it is.
commands-passes-turn-round = Passes your turn in a round.
commands-moves-turn-end-round = Moves your turn to the end of the round.
commands-agrees-keep-everybody-muted = Agrees to keep everybody muted for longer, when that is asked. Most have to agree.
commands-tells-others-back-from = Tells the others that you are back from the break.
commands-shows-agenda-facilitator-can = Shows the agenda. The facilitator can add a point, go on to the next or clear it.
commands-gives-floor-next-person = Gives the floor to the next person with a raised hand, or to NAME.
commands-puts-raised-hands-order = Puts raised hands in the order they went up, or those heard least first.
commands-begins-round-gentle-reminder = Begins a round, with a gentle reminder after SECONDS for each, or ends it.
commands-begins-break-ends = Begins a break, or ends it.
commands-sets-when-group-time = Sets when the group's time is up. Everybody is told then, and five minutes before.
commands-proposes-something-group = Proposes something to the group.
commands-changes-proposal-everybody-answers = Changes your proposal. Everybody answers again.
commands-withdraws-proposal = Withdraws your proposal.
commands-stands-aside-dont-agree = Stands aside: you don't agree, but you won't stand in the way.
commands-blocks-proposal-says-why = Blocks the proposal, and says why you can't accept it.
commands-asks-everybody-whether-agreement = Asks everybody whether there is agreement.
commands-puts-proposal-vote-facilitator = Puts the proposal to a vote. The facilitator can end it once half have voted.
commands-casts-vote = Casts your vote.
commands-asks-group-vote-role = Asks the group to vote on a role; also charter, rotate, remove NAME, mute NAME, lock or close.
commands-shows-minutes-facilitator-reads = Shows the minutes. The facilitator reads them back to everybody.
commands-keeps-minutes-file-computer = Keeps the minutes in a file on this computer, once they have been read back.
commands-shows-what-proposed-answers = Shows what is proposed, and the answers so far.
commands-while-catch-up-what = While you catch up on what you missed: skips the rest of it.
commands-asks-those-who-lead = Asks those who lead for help. Nobody else sees it.
commands-writes-one-member-nobody = Writes to one member and nobody else.
commands-tells-others-without-saying = Tells the others that you are here, without saying anything.
commands-applauds-without-sound-others = Applauds without a sound. The others see it for a moment.
commands-tells-those-who-lead = Tells those who lead what to do if you vanish: your own NAME, or any member's if you lead.
commands-those-who-lead-name = For those who lead: NAME, who vanished or asked for help, has been looked after.
commands-lists-microphones-changes-another = Lists the microphones, or changes to another: its number, or a part of its name.
commands-lists-speakers-changes-another = Lists the speakers, or changes to another: its number, or a part of its name.
commands-lets-hear-member-louder = Lets you hear a member louder or softer. Nobody else notices.
commands-shows-how-much-data = Shows how much data your voice takes, or changes it while you talk.
commands-goes-aloud-after-headphones = Goes on aloud after your headphones were unplugged.
commands-line-mode-2-tells = In line mode: 2 tells you who begins to speak, 3 also when nobody does; 1 neither.
commands-door-leaves-note-those = At the door: leaves a note for those who lead, such as whom to call.
# After all commands: what any other line does.
commands-other-lines = Any other line is written to everybody.

## cpu.rs: What sound costs this computer.

# The computer has too little time, and voices sound plainer.
cpu-busy = Your computer is busy, so voices sound plainer for now.
# It has time again, after a long while.
cpu-busy-over = Your computer has time again, so voices sound as before.

## decide_panel.rs: The words on the panel for what the group decides.

# Above a proposal.
decide-panel-proposal-by = Proposal by { $name }
# Beside that: how far it is, or how many more there are.
decide-panel-agreement = is there agreement?
decide-panel-no-agreement-yet = no agreement yet
decide-panel-more-after = { $waiting } more after it
# What I have said.
decide-panel-answer = your answer: { $answer }
decide-panel-open-vote = Open vote
decide-panel-secret-vote = Secret vote
# Above a vote.
decide-panel-proposed-by = { $kind }, proposed by { $name }
# How an open vote stands.
decide-panel-yes-no-abstain-waiting = yes { $yes }   no { $no }   abstain { $abstain }   waiting { $waiting }
# What I have voted.
decide-panel-vote = your vote: { $value }
# Whether I have voted in secret.
decide-panel-vote-not-yet = your vote: not yet
decide-panel-vote-2 = your vote: in
# To a member who came after the vote had begun.
decide-panel-began-before = it began before you came
# Above the minutes.
decide-panel-group-coming-close = The group is coming to its close
decide-panel-close-minutes-right = The close: are the minutes right?
decide-panel-minutes-right = Are the minutes right?
# What the group has said of the minutes.
decide-panel-right-not-right-waiting = right { $right }   not right { $wrong }   waiting { $waiting }
# What I have said of them.
decide-panel-right = right
decide-panel-not-right = not right
decide-panel-not-yet = not yet
decide-panel-answer-2 = your answer: { $mine }
# What is asked of me in one line of several lengths, the longest first; `None` if nothing is. `keys` calls the keys for a command.
decide-panel-yes-no-abstain = { $kind }: { $text } { $yes } yes, { $no } no, { $abstain } abstain
decide-panel-vote-3 = vote: { $yes } { $no } { $abstain }
decide-panel-proposes-agree-stand-aside = { $name } proposes: { $text } { $agree } agree, { $aside } stand aside, { $block } block
decide-panel-agree = agree? { $agree } { $aside } { $block }
decide-panel-minutes-read-back-they = The minutes were read back: are they right? { $agree } yes, { $block } no
decide-panel-minutes-right-yes-no = Are the minutes right? { $agree } yes, { $block } no
decide-panel-right-2 = right? { $agree } { $block }
# The same where the row of keys says what to press, in one length.
decide-panel-proposes = { $name } proposes: { $proposal_words }
# Before the keys for a page with all of it.
decide-panel-read = read

decide-not-yet = not yet
# Before what is voted on: "Vote: Tea at four".
decide-vote = Vote
decide-secret-vote = Secret vote

## decisions.rs: Proposals, votes and what comes of them, in sentences.

# What a proposal says: its text, or what its motion does. `now` is what the group holds itself by at present.
decisions-takes-facilitator-role = { $text } takes the facilitator's role.
decisions-becomes-co-facilitator = { $text } becomes a co-facilitator.
decisions-takes-part-member-again = { $text } takes part as a member again.
decisions-ground-rules-change = The ground rules change: { $changes }
decisions-ground-rules-change-2 = The ground rules change.
decisions-facilitator-mutes = The facilitator mutes { $text }.
decisions-facilitator-takes-out-group = The facilitator takes { $text } out of the group.
decisions-facilitator-mutes-all = The facilitator mutes all.
decisions-facilitator-locks-unlocks-door = The facilitator locks or unlocks the door.
decisions-group-ends = The group ends.
decisions-facilitator-goes-ahead = The facilitator goes ahead.
# All that is proposed, and what is said to it.
decisions-nothing-proposed-moment = Nothing is proposed at the moment.
decisions-proposes = { $by } proposes: { $proposed }
decisions-being-voted-far = It is being voted on: { $tally } so far.
decisions-being-voted-secret = It is being voted on, in secret.
decisions-comes-after-what-talked = It comes after what is talked over now.
# What has become of a proposal in a sentence for the screen, where the panel doesn't tell it.
decisions-proposal-before-group-others = Your proposal is before the group; the others are being asked.
decisions-proposes-2 = { $by } proposes: { $what }
decisions-proposes-something-please-answer = { $by } proposes something: please answer.
decisions-agreement-everybody-asked = Is there agreement? Everybody is asked.
decisions-agreed = Agreed: { $what }
decisions-withdraws-proposal = { $by } withdraws the proposal.
decisions-not-decided = Not decided: { $what }
decisions-no-agreement-yet-change = There is no agreement yet. To change the proposal, { $amend }; to vote, { $vote }.
# The same at length, for a face that has no panel.
decisions-agree-stand-aside-block = To agree, { $agree }; to stand aside, { $aside }; to block, { $block }.
decisions-proposes-comes-after-what = { $by } proposes: { $what } It comes after what is talked over now.
decisions-now-proposes-please-answer = { $by } now proposes: { $what } Please answer again.
decisions-answer = Your answer: { $answer }. { $counted }
decisions-agreement = Is there agreement? { $what }
decisions-agreement-everybody-asked-2 = Is there agreement? { $what } Everybody is asked.
decisions-agreed-2 = Agreed: { $what } { $counted }
decisions-withdraws-proposal-2 = { $by } withdraws the proposal: { $what }
decisions-decided = Decided: { $what }
decisions-no-agreement-yet = There is no agreement yet: { $what } { $counted }
decisions-change-withdraw-put-vote = To change it, { $amend }; to withdraw it, { $withdraw }; to put it to a vote, { $vote }.
# A vote begins, for the screen.
decisions-secret-vote = A secret vote: { $stopped } { $secret_vote }
decisions-vote = A vote: { $what }
# The same at length, for a face that has no panel.
decisions-vote-2 = A vote: { $stopped }
decisions-vote-yes-vote-no = To vote yes, { $yes }; to vote no, { $no }; to abstain, { $abstain }.
# The ground rules have changed.
decisions-rules-changed = The ground rules have changed.
# The same, and how to read them.
decisions-read-them = { $changed } To read them, { $rules }.
# How many agree, stand aside, block and have not answered; at length, and short.
decisions-agree-stand-aside-block-waiting = agree { $agree }   stand aside { $aside }   block { $block }   waiting { $waiting }
decisions-agree-aside-block-waiting = agree { $agree }  aside { $aside }  block { $block }  waiting { $waiting }
# What the group decides, and nothing is asked of me any more: how far it is, in one line of several lengths, the longest first.
decisions-secret-vote-voted = Secret vote: { $voted } of { $of } have voted
decisions-secret-vote-being-counted = Secret vote: being counted
decisions-secret-vote-2 = Secret vote: { $turnout }
decisions-vote-yes-no-abstain = Vote: yes { $yes }, no { $no }, abstain { $abstain }, waiting { $waiting }
decisions-vote-yes-no-abstain-waiting = Vote: yes { $yes } no { $no } abstain { $abstain } waiting { $waiting }
decisions-vote-voted = Vote: { $value } of { $of } have voted
decisions-minutes-right-not-right = Minutes: right { $right }, not right { $wrong }, waiting { $waiting }
decisions-minutes-yet-answer = Minutes: { $waiting } yet to answer
decisions-group-coming-close = The group is coming to its close
# What a member has said to a proposal, in a word or two.
decisions-agree = agree
decisions-stand-aside = stand aside
decisions-block = block
decisions-not-yet = not yet
# What was voted.
decisions-yes-no-abstained = { $yes } yes, { $no } no, { $abstain } abstained
# What a facilitator has done without the group's yes.
decisions-by-ground-rules-needs = By the ground rules this needs the group's yes, and { $name } did it without: { $deed }.

# $vote: one of the next three.
decisions-my-vote = Your vote: { $vote }.
decisions-yes = yes
decisions-no = no
decisions-abstain = abstain
# How the group has answered to a proposal: one of these after the other with commas, and a full stop.
decisions-counted-agree = { $count ->
    [one] { $count } agrees
   *[other] { $count } agree
}
decisions-counted-aside = { $count ->
    [one] { $count } stands aside
   *[other] { $count } stand aside
}
decisions-counted-block = { $count ->
    [one] { $count } blocks
   *[other] { $count } block
}
decisions-counted-waiting = { $count ->
    [one] { $count } has not answered
   *[other] { $count } have not answered
}
# In one line of the screen. $blocks: how many block.
decisions-answered = Proposal: { $answered } of { $of } have answered{ $blocks ->
    [0] {""}
    [one] , { $blocks } blocks
   *[other] , { $blocks } block
}
decisions-answered-short = Proposal: { $answered } of { $of } answered{ $blocks ->
    [0] {""}
    [one] , { $blocks } blocks
   *[other] , { $blocks } block
}
# $tally: "5 yes, 2 no, 1 abstained".
decisions-result = The vote is over: { $tally }. It has { $passed ->
    [yes] passed
   *[no] not passed
}.
# A member is against a proposal so much that it can't be agreed to; with the reason in the second.
decisions-blocks = { $name } blocks, without a reason.
decisions-blocks-because = { $name } blocks: { $reason }

## devices.rs: Microphone, speaker and how members are heard: what is wrong, and what helps.

# What is wrong with a microphone, in capitals for the badge: as short as a screen of 40 columns needs it.
devices-no-microphone = YOU HAVE NO MICROPHONE HERE
devices-microphone-gone = YOUR MICROPHONE IS GONE
devices-another-program-microphone = ANOTHER PROGRAM HAS THE MICROPHONE
devices-microphone-not-allowed = THE MICROPHONE IS NOT ALLOWED HERE
devices-nothing-comes-from-microphone = NOTHING COMES FROM YOUR MICROPHONE
devices-microphone-gives-only-silence = YOUR MICROPHONE GIVES ONLY SILENCE
devices-computer-mutes-microphone = YOUR COMPUTER MUTES THE MICROPHONE
devices-microphone-asleep = YOUR MICROPHONE IS ASLEEP
devices-computer-sound-not = YOUR COMPUTER'S SOUND IS NOT THERE
devices-microphone-cant-used = YOUR MICROPHONE CAN'T BE USED
# The same in a few words, the shortest last.
devices-no-microphone-2 = you have no microphone
devices-no-mic = no mic
devices-microphone-gone-2 = your microphone is gone
devices-mic-gone = mic gone
devices-another-program-microphone-2 = another program has your microphone
devices-mic-use = mic in use
devices-microphone-not-allowed-2 = your microphone is not allowed
devices-mic-not-allowed = mic not allowed
devices-nothing-comes-from-microphone-2 = nothing comes from your microphone
devices-mic-silent = mic silent
devices-computer-mutes-microphone-2 = your computer mutes your microphone
devices-mic-muted = mic muted here
devices-microphone-asleep-2 = your microphone is asleep
devices-mic-asleep = mic asleep
devices-computer-sound-not-2 = your computer's sound is not there
devices-no-sound = no sound
devices-microphone-cant-used-2 = your microphone can't be used
# What is wrong with a microphone that is to be open, in a sentence.
devices-no-microphone-nobody-hears = You have no microphone here, so nobody hears you.
devices-microphone-gone-nobody-hears = Your microphone is gone, so nobody hears you.
devices-another-program-using-microphone = Another program is using your microphone, so nobody hears you.
devices-computer-does-not-allow = Your computer does not allow the microphone, so nobody hears you.
devices-microphone-open-but-nothing = Your microphone is open, but nothing comes from it.
devices-microphone-open-but-only = Your microphone is open, but only silence comes from it.
devices-microphone-muted-by-computer = Your microphone is muted by your computer's sound settings, so nobody hears you.
devices-computer-put-microphone-sleep = Your computer has put your microphone to sleep, so nobody hears you.
devices-computer-sound-not-moment = Your computer's sound is not there at the moment, so nobody hears you.
devices-microphone-cant-used-nobody = Your microphone can't be used, so nobody hears you.
# What helps: a step that nobody but the person can take, and whether another microphone might do.
devices-plug-one = Plug one in
devices-plug = Plug it in
devices-close-program = Close that program
devices-allow-computer-settings = Allow it in the computer's settings
devices-unplug-plug-again = Unplug it and plug it in again
devices-look-switch = Look for a switch on it
devices-turn-sound-settings = Turn it on in the sound settings
devices-wait-moment = Wait a moment
devices-tried-again-by-itself = It is tried again by itself
devices-close-other-programs-use = Close other programs that use sound
# My microphone gives sound again.
devices-mic-works = Your microphone works again.
devices-no-speaker-hear-nothing = You have no speaker here, so you hear nothing.
devices-speaker-gone-hear-nothing = Your speaker is gone, so you hear nothing.
devices-another-program-using-speaker = Another program is using your speaker, so you hear nothing.
devices-computer-does-not-allow-sound = Your computer does not allow sound, so you hear nothing.
devices-computer-sound-not-hear = Your computer's sound is not there, so you hear nothing.
devices-computer-sound-turned-off = Your computer's sound is turned off, so you hear nothing.
devices-speaker-cant-used-hear = Your speaker can't be used, so you hear nothing.
# The same for a narrow screen.
devices-no-speaker-hear-nothing-2 = No speaker: you hear nothing
devices-speaker-gone-hear-nothing-2 = Speaker gone: you hear nothing
devices-speaker-use-hear-nothing = Speaker in use: you hear nothing
devices-sound-not-allowed-hear = Sound not allowed: you hear nothing
devices-no-sound-hear-nothing = No sound here: you hear nothing
devices-sound-turned-off-hear = Sound turned off: you hear nothing
devices-speaker-unusable-hear-nothing = Speaker unusable: you hear nothing
# How my speaker is now, in a sentence or two.
devices-hear-group = You hear the group.
devices-hear-group-from = You hear the group from { $short }.
devices-headphones-unplugged-nothing-played = Your headphones were unplugged. Nothing is played, so that nobody near you hears the group.
devices-microphone-closed-too-plug = Your microphone is closed, too. Plug them in again, or { $aloud } to go on aloud.
# What keeps me from hearing or being heard and lasts, with what helps, in a row of several lengths, the longest first; `None` if nothing does. That I hear nothing comes first, for the row of the microphone tells of that.
devices-headphones-unplugged-nothing-played-go = Your headphones were unplugged: nothing is played. { $aloud } to go on aloud
devices-headphones-out-go-aloud = Headphones out: { $aloud } to go on aloud
devices-go-aloud = { $aloud } to go on aloud
devices-hear-nothing = You hear nothing
# Why this computer has closed my microphone.
devices-computer-changed-another-microphone = Your computer has changed to another microphone, { $short }, so yours was closed. To open it, { $open }.
devices-microphone-back-stays-closed = Your microphone is back. It stays closed until you open it: { $open }.
devices-headphones-unplugged-microphone-closed = Your headphones were unplugged, so your microphone was closed. To open it, { $open }.
# How the others could hear me better.
devices-others-hear-only-faintly = The others hear you only faintly. Come closer to the microphone, or turn it up.
devices-loud-words-blur-move = You are so loud that your words blur. Move back a little, or turn the microphone down.
devices-wind-breath-covers-voice = Wind or breath covers your voice. Turn the microphone a little aside.
# To those who lead: a member has no microphone that works, or has one again.
devices-no-microphone-works-moment = { $name } has no microphone that works at the moment. Only those who lead see this.
devices-microphone-works-again = { $name }'s microphone works again.
# A member is heard louder or softer.
devices-hear-they-again = You hear { $name } as they are again.
devices-hear-now-nobody-else = You hear { $name } at { $percent } % now. Nobody else notices.
# What stands above them.
devices-microphones = Microphones
devices-speakers = Speakers
# The devices there are, a line each, with the one in use marked, and how to choose one.
devices-choose-one = To choose one, { $how }.
# A percentage that can't be.
devices-member-can-heard = A member can be heard at { $least } to { $most } %.
devices-example = For example, { $volume }.
# I am the one who is to be heard louder.
devices-that-is-you = That is you.
devices-can-hear-others-louder = You can hear the others louder or softer.
# I have no microphone, so it can't be opened.
devices-no-microphone-nobody-can = You have no microphone here, so nobody can hear you. You can listen and write.
devices-choose-one-2 = To choose one, { $mic_device }.
# My microphone is a file.
devices-microphone-sound-file-stays = Your microphone is a sound file, and stays one.
devices-use-another-start-ingle = To use another, start ingle without --mic.
# Nothing is paused.
devices-nothing-paused = Nothing is paused.
devices-when-headphones-unplugged = This is for when your headphones were unplugged.

# $step: such as "Plug one in". $another: how to choose another device.
devices-step-or-another = { $step }, or choose another: { $another }.
devices-step = { $step }.
# The same in a row of the screen. $key: the keys.
devices-step-or-key = { $step }, or { $key } for another
# $said: what the system says, in its own words.
devices-computer-says = Your computer says: { $said }.
# $side: "mic" or "speaker", here and below.
devices-not-known-yet = Which { $side ->
    [speaker] speakers
   *[mic] microphones
} there are is not known yet.
devices-none = No { $side ->
    [speaker] speaker
   *[mic] microphone
} was found.
devices-plug-in = Plug one in; it is found by itself.
devices-plug-in-short = Plug one in.
# One of a list. $used: "yes" if it is the one in use.
devices-line = { $number }: { $name }{ $used ->
    [yes] {" "}(in use)
   *[no] {""}
}
devices-which-by-name = Which { $side ->
    [speaker] speaker
   *[mic] microphone
}? Write a part of its name.
# $listed: devices with their numbers. $more: how many others there are.
devices-which = Which of the { $side ->
    [speaker] speakers
   *[mic] microphones
}? Write its number. { $listed }.{ $more ->
    [0] {""}
   *[other] {" "}And { $more } more.
}
devices-which-short = Which { $side ->
    [speaker] speaker
   *[mic] microphone
}?
devices-none-called = No { $side ->
    [speaker] speaker
   *[mic] microphone
} is called "{ $typed }", or several are.
devices-are = The { $side ->
    [speaker] speakers
   *[mic] microphones
} are: { $names }.

## doctor.rs: What `ingle doctor` has found, a sentence each, and what to do next.

# The head of a line: what is well.
doctor-good = good
# What is worth knowing.
doctor-note = note
# What is wrong.
doctor-problem = problem
# At the end.
doctor-everything-ingle-needs = Everything that ingle needs is there.
# What this program is.
doctor-ingle-which-speaks-version = This is ingle { $version }, which speaks version { $protocol } of its protocol, on { $system }.
# The file of settings.
doctor-file-settings-can-read = Your file of settings can be read: { $path }.
# There is none.
doctor-no-file-settings-need = You have no file of settings, and need none.
# Nothing is drawn here.
doctor-not-terminal-ingle-speaks = This is not a terminal, so ingle speaks in sentences here.
doctor-screen-start-terminal = For the screen, start it in a terminal.
# A terminal that can't draw.
doctor-terminal-cant-draw-screen = This terminal can't draw a screen (TERM is dumb).
doctor-use-plain-which-needs = Use --plain, which needs no screen.
# A small one.
doctor-terminal-columns-rows-ingle = This terminal has { $columns } columns and { $rows } rows, so ingle shows one line.
doctor-80-columns-24-rows = With 80 columns and 24 rows it shows everything. Make the window larger, or the letters smaller.
# A sound server that doesn't answer.
doctor-computer-sound-does-not = Your computer's sound does not answer.
doctor-close-other-programs-use = Close other programs that use sound, or log out and in again.
# No relay is known.
doctor-no-relay-called-because = No relay was called, because none is known.
doctor-try-one-ingle-doctor = To try one: ingle doctor --relay HOST:PORT, with the name from your invitation.
# It answers over UDP.
doctor-answers-over-udp-after = { $relay } answers over UDP, after { $ms } ms.
# It doesn't, but over TCP.
doctor-does-not-answer-over = { $relay } does not answer over UDP, so ingle takes the slower road over TCP here.
doctor-calls-work-more-delay = Calls work, with more delay. If this is your own network, let UDP out in its firewall.
# It answers over TCP.
doctor-answers-over-tcp-after = { $relay } answers over TCP, after { $ms } ms.
# It doesn't, but over UDP.
doctor-does-not-answer-over-tcp = { $relay } does not answer over TCP.
doctor-nothing-lost-where-udp = Nothing is lost here. Where UDP is blocked, people can't reach this relay.
# The clock.
doctor-computer-clock-says-utc = Your computer's clock says { $date } (UTC).
# The clock is wrong for sure.
doctor-computer-clock-says-utc-which = Your computer's clock says { $date } (UTC), which can't be right.
doctor-set-date-time-relays = Set the date and time: relays with a certificate can't be checked without.
# What is looked at.
doctor-version = Version
# The same.
doctor-settings = Settings
# The same.
doctor-terminal = Terminal
# The same.
doctor-microphone = Microphone
# The same.
doctor-speaker = Speaker
# The same.
doctor-relay-udp = Relay, UDP
# The same.
doctor-relay-tcp = Relay, TCP
# The same.
doctor-clock = Clock

# $problem: the word that such lines begin with.
doctor-outcome = { $problems ->
    [one] One thing needs your attention: see the line with “{ $problem }”.
   *[other] { $problems } things need your attention: see the lines with “{ $problem }”.
}
# $colors and $ascii: "yes" or "no".
doctor-terminal-good = This terminal has { $columns } columns and { $rows } rows, { $colors ->
    [yes] with colours
   *[no] without colours
} and { $ascii ->
    [yes] plain letters only
   *[no] all letters
}.
# $microphone: "yes" for a microphone, "no" for a speaker.
doctor-device = Your { $microphone ->
    [yes] microphone
   *[no] speaker
} is there: { $name }.
doctor-no-device = { $microphone ->
    [yes] No microphone is to be used, so nobody hears you.
   *[no] No speaker is to be used, so you hear nothing.
}
# $setting: as it is written in the file of settings.
doctor-no-device-hint = Remove “{ $setting } = null” where you set it.

## door.rs: The door, from both sides.

# Which relay it is, beside an invitation.
door-relay-key-guests-who = The relay's key is { $key }. Guests who have not met this relay before are shown the same key.
# What others join with, as far as it is known here.
door-others-join-code = Others join with the code { $code }.
door-code-not-known-please = The code is not known here. Please ask the facilitator for it.
# I am at the door.
door-door-please-wait-let = You are at the door of "{ $title }". Please wait to be let in.
door-agree-them-check-sound = To agree to them, { $agree }. To check your sound while you wait, { $sound }.
# At the door: the member who can let me in.
door-can-let = { $name } can let you in.
door-nobody-can-let-moment = Nobody can let you in at the moment. The group has been asked to choose somebody who leads it.
# At the door, which hasn't answered for a while. It may have no group at all, and nobody tells which it is.
door-door-not-answered-yet = The door has not answered yet. Perhaps nobody is at it now, or the facilitator has to say yes first, after several wrong codes. ingle keeps waiting. If it takes long, check the code with whoever sent it.
# I have agreed to the ground rules.
door-agreed = You have agreed to the ground rules, and the facilitator sees it. Please wait.
# I am in.
door-circle = You are in the circle: { $title }.
# What to do first.
door-open-microphone-see-all = To open your microphone, { $mic }. To see all you can do, { $help }.
# What is odd about the name of somebody at the door.
door-already-make-sure-who = { $name } is here already, so make sure who it is.
door-name-looks-like-s = The name looks like { $name }'s, so make sure who it is.
door-name-mixes-letters-several = The name mixes letters of several alphabets, so make sure who it is.
# The same beside the name.
door-is-here = { $name } is here!
door-looks-like = looks like { $name }!
door-mixed-alphabets = mixed alphabets!
# Someone who waits has agreed to the ground rules.
door-door-agreed-ground-rules = { $name }, at the door, has agreed to the ground rules.
# Someone who knocked went away.
door-no-longer-waiting-door = { $name } is no longer waiting at the door.
# Someone came whose try at the words needs the facilitator's yes.
door-someone-door-cant-try = Someone is at the door, and can't try the words yet. To let them try, { $try }.
# The same for as long as it is so, without the way.
door-someone-door-cant-try-words = Someone at the door can't try the words until you say yes.
# The words of the code were drawn anew.
door-code-new-words-old = The code has new words; the old ones no longer open the door. To see it, { $see }. Everybody inside stays.
# The door was locked or unlocked.
door-door-locked-nobody-can = The door is locked: nobody can knock.
door-door-unlocked = The door is unlocked.

# $first: "yes" if the group has just been opened, "no" if it has another code now.
door-hosting = { $first ->
    [yes] The group is open.
   *[no] This is the code now.
} Send this to the people you want to meet:
door-wrong-words = Someone at the door had the wrong words: { $tries ->
    [one] once
   *[other] { $tries } times
} so far. The door stayed shut.
# $yes: how to let one more person try.
door-wrong-words-held = Nobody else can try now; to let one more person try, { $yes }.
# Someone knocks. $odd: a sentence about an odd name.
door-knock-odd = { $name } is at the door. { $odd } To let { $name } in, { $admit }.
door-knock = { $name } is at the door. To let { $name } in, { $admit }.

## echo.rs: My microphone hears my loudspeaker.

# When that begins to be heard by the others.
echo-stays = Your loudspeaker is heard by your microphone, so you are softer while others talk.
# What helps.
echo-headset = A headset helps.
# When it's over.
echo-over = Your loudspeaker is no longer heard by your microphone; you are as loud as before.

## end.rs: How it ended.

# How it ended in one sentence, and a last word or what to do next in another.
end-left-group = You have left the group.
end-thank-being = Thank you for being there.
end-group-over = The group is over.
end-facilitator-taken-out-group = The facilitator has taken you out of the group.
end-if-think-mistake-please = If you think this is a mistake, please contact the facilitator.
end-facilitator-cant-let-moment = The facilitator can't let you in at the moment.
end-please-contact-facilitator-try = Please contact the facilitator, or try again later.
end-relay-stopped-group = The relay has stopped, and the group with it.
end-please-meet-again-new = Please meet again with a new code, once the relay has been started again.
end-someone-may-intercepting-connection = Someone may be intercepting this connection, so you were not let in.
end-please-dont-try-again = Please don't try again from this network; speak with the facilitator by telephone.
end-door-broke-off-three = The door broke off three times after checking your words, so ingle has stopped.
end-may-line-somebody-who = It may be the line, or somebody who is guessing words. Ask the facilitator for a new code.
end-something-from-relay-does = Something from the relay does not fit the group's keys, so ingle has stopped to keep you safe.
end-join-again-code-if = Join again with the code; if it happens again, meet at another relay.
end-line-did-not-come = Your line did not come back, and your seat is no longer kept.
end-join-again-same-code = Join again with the same code as soon as your line is better.

## faults.rs: What is wrong below the screens, as their errors say it in English: sound, relays, codes and the file of settings.

# No sound: what is wrong, and what to do next. $reason: what the system says, in its own words.
faults-no-mic = This machine has no microphone that can be used.
faults-no-mic-hint = Plug in a microphone or a headset, or add --mic null to listen without speaking.
faults-no-speaker = This machine has no speaker that can be used.
faults-no-speaker-hint = Plug in a speaker or a headset, or add --speaker null to go on without hearing.
faults-no-devices = This machine has no sound device that can be used.
faults-no-devices-hint = Plug in a headset, or add --mic null --speaker null to go on with the screen alone.
# $side: "mic" or "speaker". $wanted: what was asked for. $flag: the option that chooses it.
faults-no-such-device = There is no { $side ->
    [speaker] speaker
   *[mic] microphone
} called "{ $wanted }" on this machine.
faults-no-such-device-none = No { $side ->
    [speaker] speaker
   *[mic] microphone
} was found; leave { $flag } out to use what the system offers.
faults-no-such-device-some = Use a part of one of these names with { $flag }: { $names }.
faults-sound-unreadable = The sound file { $path } can't be read: { $reason }.
faults-sound-unreadable-hint = Check the path and that you may read the file.
faults-not-wav = The file { $path } isn't a wav file that can be played: { $reason }.
faults-not-wav-hint = Use a wav file of 8 to 48 kHz with one or two channels, for example one made with a sound recorder.
faults-sound-unwritable = The sound file { $path } can't be written: { $reason }.
faults-sound-unwritable-hint = Choose a place where you may write, with --speaker file:PATH.
faults-sound-system = Sound could not be started: { $reason }.
faults-sound-system-hint = Close other programs and try again.
# A relay was not reached: why, and what to do next. $host: the relay as it was written.
faults-address = “{ $written }” is not the address of a relay.
faults-address-hint = Write it as NAME:PORT, for example relay.example.org:4433.
faults-relay-name = No machine with the name “{ $name }” can be found.
faults-relay-name-hint = Check the spelling, and that this computer is online.
faults-offline = This computer has no connection to { $host } at the moment.
faults-offline-hint = Check that this computer is online, then try again.
faults-silent = Nothing answers at { $host }.
faults-silent-hint = Check the port, and ask whoever runs the relay whether it is on and its UDP port is open.
faults-relay-version = The relay at { $host } speaks another version of ingle.
faults-relay-version-hint = Install the newest version of ingle, or ask whoever runs the relay to.
faults-relay-full = The relay at { $host } has no room for another connection.
faults-relay-full-hint = Try again in a few minutes.
faults-relay-key = The relay at { $host } shows another key than the one that is known for it.
faults-relay-key-hint = Someone may be intercepting the connection: ask whoever runs the relay for its fingerprint before you go on.
faults-broke = The relay at { $host } answered, but the connection broke off.
faults-broke-hint = Try again; if it stays, ask whoever runs the relay.
faults-local = This computer can't open a connection: { $reason }.
faults-local-hint = Close other programs or restart the computer, then try again.
# What is wrong with a code that was typed.
faults-code-number = A code begins with four digits, like 4821-otter-lamp-violin.
faults-code-words = A code has three words after its number; here there { $count ->
    [0] is none
    [1] is one
   *[other] are { $count }
}.
faults-code-unknown = "{ $word }" is not one of the words that codes are made of.
# What is wrong with the file of settings, and what to do. $at: the file, or the next.
faults-config-line = Line { $line } of { $path }
faults-config-unreadable = { $path } can't be read: { $why }.
faults-config-unreadable-hint = Make the file readable for yourself, or move it away.
faults-config-no-file = { $path } is not a file.
faults-config-no-file-hint = Put a text file in its place, or move it away.
faults-config-too-long = { $path } is too long for a file of settings.
faults-config-too-long-hint = A file of settings has at most { $most } kB. Move this one away.
faults-config-not-toml = { $at } can't be understood: { $why }.
faults-config-not-toml-hint = Each line is a name, an equals sign and a value, with words in quotation marks: name = "Ana".
faults-config-table = { $at } has the heading [{ $table }], which isn't known.
faults-config-table-hint = Remove the heading, and the lines under it.
faults-config-key = { $at } sets “{ $key }”, which isn't known.
faults-config-key-hint = Remove the line, or put a # before it.
faults-config-nearest = Perhaps you meant { $nearest }.
faults-config-no-value = { $at } sets { $key } to what is no value.
faults-config-no-value-hint = Write a word, a number, true or false after { $key } =.
faults-config-no-list = { $at } sets { $key } to a list.
faults-config-no-list-hint = Write one value after { $key } =.
faults-config-switch-hint = Write { $key } = true or { $key } = false.
faults-config-wrong = { $at } sets { $key } to “{ $value }”, which it can't be.
faults-config-wrong-why = { $at } sets { $key } to “{ $value }”: { $why }.
faults-config-wrong-hint = Change what stands after { $key } =, or put a # before the line.
# $values: what it can be, in a row with "or".
faults-config-possible = It can be { $values }.

## figures.rs: Figures as people say them.

# The word on the screen.
figures-line-good = line good
figures-slow-road = slow road
figures-line-fair = line fair
figures-line-poor = line poor
figures-line-cut = line cut

# Between a number and its fraction.
figures-decimal-sign = .

## floor.rs: Who may be heard, and my microphone.

# The facilitator has muted a member, or lets them speak again.
floor-muted-by-facilitator = { $name } is muted by the facilitator.
floor-may-speak-again = { $name } may speak again.
floor-facilitator-muted-nobody-hears = The facilitator has muted you, so nobody hears you now. To ask to speak, { $ask }.
floor-facilitator-lifted-own-mute = The facilitator has lifted your own mute. You are still muted with the others.
floor-may-speak-again-microphone = You may speak again; your microphone is open.
floor-may-speak-again-open = You may speak again. To open your microphone, { $mic }.
# How my microphone is, though I am muted or not.
floor-microphone-open-but-muted = Your microphone is open, but you are muted: nobody hears you.
floor-microphone-open = Your microphone is open.
floor-microphone-closed = Your microphone is closed.
# In capitals, for the badge.
floor-line-cut-microphone-open = YOUR LINE IS CUT, MICROPHONE OPEN
floor-line-cut-nobody-hears = YOUR LINE IS CUT, NOBODY HEARS YOU
floor-line-cut-microphone-closed = YOUR LINE IS CUT, MICROPHONE CLOSED
floor-facilitator-muted = THE FACILITATOR HAS MUTED YOU
floor-all-but-facilitator-muted = ALL BUT THE FACILITATOR ARE MUTED
floor-someone-else-stick = SOMEONE ELSE HAS THE STICK
floor-sound-check-nothing-sent = SOUND CHECK, NOTHING IS SENT
floor-microphone-opening = YOUR MICROPHONE IS OPENING
floor-microphone-opens-once = MICROPHONE OPENS ONCE YOU ARE IN
floor-microphone-open-2 = YOUR MICROPHONE IS OPEN
floor-microphone-closed-2 = YOUR MICROPHONE IS CLOSED
# What follows the badge: what it means, or what can be done. `keys` calls the keys for a command.
floor-close-heard-later = { $mic } to close, heard later
floor-close = { $mic } to close
floor-coming-back-by-itself = coming back by itself
floor-nothing-yours-sent = nothing of yours is sent
floor-ask-speak = { $ask } to ask to speak
floor-raise-hand = { $hand } to raise your hand
floor-only-can-see = only you can see it
floor-choose-one = { $key } to choose one
floor-keep-closed = { $mic } to keep it closed
floor-open = { $mic } to open
# In a few words, the shortest last.
floor-heard-later = you are heard later
floor-heard-later-2 = heard later
floor-later = later
floor-nobody-hears = nobody hears you
floor-not-heard = not heard
floor-cut = cut
floor-microphone-closed-3 = your microphone is closed
floor-mic-closed = mic closed
floor-closed = closed
floor-muted = you are muted
floor-muted-2 = muted
floor-sound-check-nothing-sent-2 = sound check, nothing is sent
floor-sound-check = sound check
floor-check = check
floor-microphone-opening-2 = your microphone is opening
floor-mic-opening = mic opening
floor-opening = opening
floor-microphone-opens-once-2 = your microphone opens once you are in
floor-mic-opens-later = mic opens later
floor-microphone-open-3 = your microphone is open
floor-mic-open = mic open
floor-open-2 = open

## guide.rs: How a person is told to do something: with the keys of a screen, or by typing a command.


# Ways to do something. They stand inside of sentences: "To raise your hand, press h."
guide-press = press { $keys }
# Between keys that are pressed one after the other.
guide-then = {" "}and then{" "}
guide-type = type { $line }

## home.rs: Home: what is said where nobody has said yet what they want.

# The question that Home asks.
home-question = What would you like to do?
# The same the first time.
home-welcome = Welcome to ingle: meet your group by voice. In a moment you can join, host or practise.
# Under the list.
home-paste = If somebody sent you an invitation, paste it here.
# What was pasted or typed leads nowhere.
home-no-code = There is no code in that. A code looks like 4821-otter-lamp-violin.
# The one pressed key means nothing here.
home-no-such-key = Choose with the arrow keys, then press Enter.
# Joining.
home-join = Join a group
home-join-about = With your code or invitation.
# Hosting.
home-host = Host a group
home-host-about = Get a code to pass on to others.
# The sound check.
home-sound = Sound check
home-sound-about = Hear yourself as others will.
# The rehearsal.
home-practise = Practise
home-practise-about = Alone, with recorded voices.
# The settings.
home-settings = Settings
home-settings-about = Name, microphone, speaker and language.
# Leaving.
home-leave = Leave
home-leave-about = Close ingle.
# Whose Home it is.
home-you-are = You are { $name }
# The first question at the first start.
home-which-name = What should the others call you?
# What becomes of the answer.
home-name-is-kept = The others see this name. It stays on this computer, and you can change it at any time.
# The second.
home-try-sound = Would you like to try your sound now?
# How long that takes.
home-try-takes = It takes half a minute, and only you will hear it.
# Yes.
home-try-now = Try it now
# No.
home-try-later = Later
# Before hosting.
home-which-title = What is your group called?
# What becomes of that.
home-title-is-seen = It is in the invitation. Leave it empty to call it "The group".
# What stands for a group without a name.
home-no-title = The group
# Where the settings are.
home-more-can-set-which = More can be set in { $file }, which "ingle config init" writes.
home-nothing-kept-computer-because = Nothing is kept on this computer, because INGLE_CONFIG_DIR is empty.
# Changing the name.
home-change-name = Your name
# Choosing devices.
home-change-mic = Your microphone
# Choosing devices.
home-change-speaker = Your speaker
# Choosing the language, in words that readers of any of them find.
home-change-language = Language, Sprache
# Going back.
home-back = Back
# No name is kept.
home-asked-each-time = Asked each time
# Whatever the computer offers.
home-offered = The one your computer offers
# What was chosen can't be kept.
home-could-not-kept-computer = That could not be kept on this computer: { $why }.
# The steps of a sound check.
home-step-mic = Step 1 of 3: your microphone
# What to do there.
home-say-something = Say something: the bar moves when the right one is chosen.
# The second.
home-step-speaker = Step 2 of 3: your speaker or headphones
# What to do there.
home-headphones = With headphones, nobody near you hears the group.
# The third.
home-step-check = Step 3 of 3: hear yourself
# While devices are looked for.
home-looking = Looking for your devices.
# Before the notes.
home-opening = Opening your microphone and speaker.
# If nothing was heard.
home-no-notes = If you did not hear two notes, turn the sound up, or choose another speaker.
# The bar's name.
home-loudness = Your voice
# After the verdict.
home-again = Check again
# After the verdict.
home-others = Choose other devices
# After the verdict.
home-done = Done
# A device that was kept is not there at present.
home-which-chose-before-isnt = "{ $name }", which you chose before, isn't plugged in, so the one that your computer offers is used.
# The name comes from elsewhere, so that choosing one here would change nothing.
home-name-is-set = Your name is set in config.toml or by INGLE_NAME, which come first.
# The same of the language.
home-language-is-set = Your language is set already, by --language, config.toml or INGLE_LANGUAGE.
# No microphone to choose.
home-no-mic = No microphone was found. Plug one in, or go on without: you can listen and write.
# No speaker to choose.
home-no-speaker = No speaker was found. Plug one in, or go on without: you can read and write.
# The foot of a list, long and short.
home-list-keys-1 = up and down choose   Enter goes on   q leaves
home-list-keys-2 = up, down, Enter   q leaves
home-list-keys-3 = up, down, Enter
# The foot of a list that isn't the first.
home-page-keys-1 = up and down choose   Enter goes on   Esc goes back
home-page-keys-2 = up, down, Enter   Esc back
home-page-keys-3 = up, down, Enter
# The foot of a step that can be left out.
home-step-keys-1 = up and down choose   Enter goes on   Esc skips this
home-step-keys-2 = up, down, Enter   Esc skips
home-step-keys-3 = up, down, Enter
# The foot of a line to write in.
home-line-keys-1 = Enter goes on   Esc skips this
home-line-keys-2 = Enter goes on   Esc skips
home-line-keys-3 = Enter, Esc
# The same where going back changes nothing.
home-edit-keys-1 = Enter goes on   Esc goes back
home-edit-keys-2 = Enter goes on   Esc back
home-edit-keys-3 = Enter, Esc
# The foot of a check.
home-check-keys-1 = Esc goes back
home-check-keys-2 = Esc goes back
home-check-keys-3 = Esc
# In sentences: Home's heading.
home-list-head = ingle: meet your group by voice. What would you like to do?
# In sentences: what can be set.
home-settings-in-lines = Your name
home-settings-in-lines-about = Change what the others call you.
# In sentences: the language that is spoken, and what choosing it does. $now, $next, $language: languages, each in itself.
home-language-in-lines = { $now }. Choose this for { $next }.
home-speaks = From now on ingle speaks { $language }.
# In sentences: the list is numbered.
home-which-number = Type a number, or paste your invitation, then press Enter:{" "}
# In sentences.
home-which-name-line = What should the others call you? Press Enter to be asked each time:{" "}
# In sentences.
home-try-sound-line = Would you like to try your sound now? Type yes, or press Enter for later:{" "}
# In sentences.
home-which-title-line = What is your group called? Press Enter to call it "The group":{" "}

# What may be typed for yes, in small letters, with spaces between.
home-means-yes = y yes
# The same for no.
home-means-no = n no

## invite.rs: What others need to come in.

# Above the short form.
invite-short-form = Shorter, for a text message:

# A text that goes to others. $when: a sentence that begins with a space, or nothing.
invite-begin = You are invited to "{ $title }", a group that meets by voice.{ $when } To join, open a terminal and type:
invite-meets = It meets: { $when }.
invite-get =
    Or open { $link }
    To get ingle first: { $install }
invite-help = For help, call { $help }.
invite-end = Please don't pass this on: whoever has it can knock at the door.
# The same for a text message of 160 letters: short, and without accents or umlauts, which would halve what fits.
invite-join = Join "{ $title }"
invite-join-us = Join us
# $lead: one of the two above, and when the group meets.
invite-short = { $lead } by voice: { $link } ({ $install }).
invite-help-short = Help: { $help }.

## keys.rs: What the keys of the screen do. Which key does it is in the table of `tui::keymap`.

keys-mic = mic
keys-mic-help = Open or close your microphone.
keys-same = the same words
keys-same-help = When words are compared: yours are the same.
keys-differ = other words
keys-differ-help = When words are compared: yours are different.
keys-vote-yes = yes
keys-vote-yes-help = When there is a vote: yes.
keys-vote-no = no
keys-vote-no-help = When there is a vote: no.
keys-abstain = abstain
keys-abstain-help = When there is a vote: neither yes nor no.
keys-agree = agree
keys-agree-help = When something is proposed or read back: agree.
keys-aside = stand aside
keys-aside-help = When something is proposed: stand aside.
keys-block = block
keys-block-help = When something is proposed or read back: block, and say why.
keys-lead = choose who leads
keys-lead-help = While no facilitator is here: choose the selected member, whom others chose, or yourself.
keys-done = finished
keys-done-help = When it is your turn in a round: finish it.
keys-pass = pass
keys-pass-help = When it is your turn in a round: pass.
keys-later = later
keys-later-help = When it is your turn in a round: move it to the end.
keys-agree-to-rules = agree
keys-agree-to-rules-help = Agree to the ground rules.
keys-sound-check = sound check
keys-sound-check-help = Check your sound: two soft notes, and a meter for you. Nothing is sent.
keys-rules = rules
keys-rules-help = Read the ground rules.
keys-note = note
keys-note-help = Leave a note for those who lead, such as whom to call.
keys-admit = admit
keys-admit-help = Let in whoever is selected at the door, or else whoever came first.
keys-admit-all-help = Let in everybody who is waiting.
keys-mute = mute
keys-mute-help = Mute the selected member, or let them speak again.
keys-mute-all = mute all
keys-mute-all-help = Mute everybody but yourself for a while, or let everybody speak again.
keys-next = next
keys-next-help = Give the floor to the next raised hand, or to whoever asks to speak.
keys-remove = remove
keys-remove-help = Remove the selected member, or turn away whoever is selected at the door. Asks first.
keys-lock = lock
keys-lock-help = Lock the door, or unlock it.
keys-give-back = give back
keys-give-back-help = Give somebody who is back their place, vote and role again.
keys-try-help = Let one more person try the code, after too many wrong tries.
keys-new-code-help = Change the words of the code. Everybody inside stays inside.
keys-verify-help = Compare four words with everybody, to make sure that nobody is listening in.
keys-hand = hand
keys-hand-help = Raise your hand, or lower it.
keys-turns = turns
keys-turns-help = Turns: see or change who is speaking and who is next.
keys-decide = decide
keys-decide-help = Decide: propose, agree, vote, and read the minutes.
keys-care = care
keys-care-help = Care: ask for help, write privately, look after each other.
keys-roles-help = Roles: see or change who leads and who takes over.
keys-sound-help = Sound: choose devices, or hear a member louder or softer.
keys-aloud = go on aloud
keys-aloud-help = When your headphones were unplugged: go on aloud.
keys-louder-help = Hear the selected member louder or softer.
keys-write = write
keys-write-help = Write a line to everybody, or type a command.
keys-panels = panels
keys-panels-help = Move between the circle, the door and the chat. On a small screen, read the chat.
keys-select-help = Select someone, or scroll the chat.
keys-scroll-chat-help = Scroll the chat. On a small screen, read it.
keys-skip-help = While you catch up on what you missed: skip the rest of it.
keys-people-help = See who is here, how they are, and all that is going on.
keys-line-help = See how good your line is, and how much data it has used.
keys-plan-help = Take more or less data for your voice: auto, thin, full, by turns.
keys-invite-help = See what others need to join.
keys-privacy = privacy
keys-privacy-help = Read what is private, and what the relay can see.
keys-clear-help = Select nobody.
keys-send = send
keys-send-help = Send the line.
keys-stop-writing = stop writing
keys-stop-writing-help = Stop writing.
keys-yes = yes
keys-yes-help = Yes.
keys-no = no
keys-no-help = No.
keys-end-for-all = end for all
keys-end-for-all-help = When leaving: end the group for everybody.
keys-scroll-up-help = Scroll up.
keys-select-line-help = Select a line.
keys-choose = choose
keys-choose-help = Do what the selected line says.
keys-scroll-down = more
keys-scroll-down-help = Scroll down.
keys-back = back
keys-back-help = Back to the group.
keys-help = help
keys-help-help = Show every key and command.
keys-leave = leave
keys-leave-help = Leave. Asks first.
keys-close = close
keys-close-help = Close the program.
keys-close-mic-help = Close your microphone at once, wherever you are.
keys-suspend-help = Close the microphone and go back to the shell for a while.
keys-redraw-help = Redraw the screen.
# The word of [`AGREE`] when the minutes are asked about.
keys-minutes-right = right
# The word of [`BLOCK`] when the minutes are asked about.
keys-minutes-not-right = not right
# Keys that were chosen are not written as they have to be.
keys-chooses-no-key = "{ $written }" chooses no key.
keys-write-what-does-keys = Write what it does and its keys, such as hand=h or mic=f5.
# No action is called so.
keys-nothing-key-does-called = Nothing that a key does is called "{ $name }".
keys-did-mean = Did you mean { $nearest }?
# No key is called so.
keys-key-letter-sign-name = A key is a letter or sign, or a name such as space, tab, pgup, f5 or ctrl-t.
keys-no-key-called = No key is called "{ $key }".
# It would write a letter.
keys-choose-one-ctrl-key = Choose one with ctrl, or a key that writes nothing, such as f5.
keys-cant-key-since-works = "{ $key }" can't be the key for this, since it works while you write, too.
# One key would do two things.
keys-key-would-do-two = The key { $key } would do two things: { $one } and { $other }.
keys-choose-another-key-one = Choose another key for one of them.
# The menus have this letter.
keys-key-letter-menus-where = The key { $key } is a letter of the menus, where this works too.
keys-choose-key-no-letter = Choose a key that is no letter.

# The words of some keys where there is little room.
keys-aside-short = aside
keys-same-short = same
keys-differ-short = other
keys-lead-short = lead

## leaving.rs: What it means to leave: a question, what becomes of the group, and what can be chosen.

# What it means that I leave; a facilitator hands over to the selected member, or else to whoever is next.
leaving-leave-group = Leave the group?
leaving-leave = Leave.
leaving-end-group-everybody = End the group for everybody.
leaving-stay = Stay.
leaving-can-knock-again-later = You can knock again later with the same code.
leaving-leave-door = Leave the door?
leaving-nobody-else-hand-over = Nobody else is here to hand over to, so the group ends when you go.
leaving-nobody-else = Nobody else is here.
leaving-leave-which-ends-group = Leave, which ends the group.
leaving-group-meets-through-computer = The group meets through this computer, so nobody can take over: it ends for everybody when you go.
leaving-leads-group-then-hand = { $next } leads the group then. To hand over to somebody else, select them first. You can come back with the same code.
leaving-leave-hand-over = Leave, and hand over to { $next }.
leaving-nobody-can-take-over = Nobody can take over at the moment, since the others' lines are cut. Once they are back, they choose who leads.
leaving-group-goes-can-knock = The group goes on. You can knock again later with the same code.
# The same in sentences, with what to type.
leaving-do = { $go } To do so, { $quit }.
leaving-hand-over-somebody-else = To hand over to somebody else, { $quit }.
leaving-end-group-everybody-2 = To end the group for everybody, { $close }.
leaving-stay-do-nothing = To stay, do nothing.
# The member I hand over to could not take the role in time.
leaving-could-not-take-over = { $name } could not take over in time, so you are still here.
leaving-try-again = To try again, { $quit }.

## lists.rs: What line mode asks for: numbered lists, questions, and whether something is meant.

lists-microphone = Your microphone: on or off?
lists-admit-whom = Who should be let in?
lists-decline-whom = Who should be turned away?
lists-mute-whom = Who should be muted?
lists-unmute-whom = Who may speak again?
lists-remove-whom = Who should leave the group?
lists-whose-role = Whose role should change?
lists-which-role = Which role?
lists-stick-to = Who gets the talking stick?
lists-which-order = Raised hands: in the order they went up, or those heard least first?
lists-which-round = Which round?
lists-which-vote = Which vote, or its end?
lists-your-vote = Your vote?
lists-which-motion = What should the group vote on?
lists-private-to = Who is it for?
lists-follow-up-whom = Who might vanish?
lists-handled-whom = Who has been looked after?
lists-volume-whom = Whom do you want to hear louder or softer?
# There is nobody for a list.
lists-nobody-to-choose = There is nobody to choose.
# The answer was no, or none.
lists-nothing-done = Nothing was done.
# How a question is answered.
lists-yes-or-no = Type yes or no.
# The one whom a question was about is no longer there.
lists-gone-meanwhile = They have gone meanwhile, so nothing was done.
# What was typed is not in the list.
lists-not-list = That is not in the list. { $type_a_number }
# What was chosen has gone.
lists-no-longer-nothing-done = { $label } is no longer there, so nothing was done.
# A question that is answered in writing.
lists-empty-line-leave = { $wanted }, or an empty line to leave it:
lists-empty-line-leaves = { $question } An empty line leaves it.
# Several lines came at once.
lists-pasted-lines-type-yes = You pasted { $lines } lines. Type yes to send them to everybody as one message, or no to drop them.
# What was pasted is too long for one message.
lists-pasted-characters-message-room = You pasted { $count } characters, and a message has room for { $most }. Nothing was sent.
# Leave, and hand over to this member?
lists-leave-group-hand-over = Leave the group, and hand over to { $name }?
lists-can-come-back-same = You can come back with the same code.

# Below a numbered list. $count: how many there are.
lists-type-a-number = { $count ->
    [1] Type 1, or 0 to leave it.
    [2] Type 1 or 2, or 0 to leave it.
   *[other] Type a number from 1 to { $count }, or 0 to leave it.
}

## lobby.rs: The ground rules, and the sound check.

# What holds in every group, a sentence or two each.
lobby-what-said-stays = What is said here stays here.
lobby-find-place-where-nobody = Find a place where nobody can listen in, and use headphones.
lobby-nobody-records-anything = Nobody records anything.
lobby-one-person-speaks-time = One person speaks at a time, and everybody is heard.
lobby-may-pass-may-silent = You may pass, you may be silent, and you may leave at any time.
lobby-if-need-help-say = If you need help, say so or write it, and somebody will answer.
# The rules with what leads to them, for `/rules`.
lobby-ground-rules = The ground rules:
# Whether somebody at the door has agreed to the ground rules, for the facilitator.
lobby-agreed-rules = has agreed to the rules
lobby-reading-rules = is reading the rules
# While the sound check listens.
lobby-nothing-is-sent = Only you can see this; nothing is sent.
# The same from what it hears.
lobby-should-hear-two-soft = You should hear two soft notes now. Then say a few words.
lobby-how-others-will-hear = This is how the others will hear you.
lobby-microphone-hears-well = Your microphone hears you well.
lobby-microphone-hears-but-only = Your microphone hears you, but only faintly. Come closer, or turn it up in your system's settings.
lobby-voice-loud-distorted-move = Your voice is so loud that it is distorted. Move back a little, or turn the microphone down in your system's settings.
lobby-microphone-hears-speaker-too = Your microphone hears you, and your speaker too. With headphones, nobody hears themselves.
lobby-microphone-hears-much-noise = Your microphone hears you, and much noise around you. It helps to close a window, or to use a headset.
lobby-microphone-hears-nothing-check = Your microphone hears nothing. Check that it is plugged in and switched on, then try again.
lobby-no-microphone-use-can = No microphone is in use. You can still come in, listen and write.
lobby-computer-sound-cant-used = This computer's sound can't be used at the moment. You can still come in and write.
lobby-closing-other-programs-use = Closing other programs that use sound may help. Then try again.
lobby-notes = If you did not hear two notes, turn the sound up, or choose another speaker with --speaker.

## menus.rs: The lines of the menus, and what they ask for. Which letter stands for a line is in the table of `tui::menu`.

menus-turns = Turns
menus-decide = Decide
menus-care = Care
menus-roles = Roles
menus-sound = Sound
menus-nothing-to-do = There is nothing to do here at the moment.
menus-done = Finish your turn in the round.
menus-pass = Pass your turn in the round.
menus-later = Move your turn to the end of the round.
menus-yes = Yes, keep everybody muted for as long again.
menus-back = Say that you are back from the break.
menus-hand = Raise your hand, or lower it.
menus-ask = Ask the facilitator to let you speak, or withdraw your request.
menus-stick = Give the talking stick to the selected member, or type a name.
menus-stick-to = Who gets the talking stick? Write a name.
menus-stick-down = Put the talking stick down.
menus-next = Give the floor to the next raised hand, or to whoever asks to speak.
menus-least-first = Raised hands: those heard least come first.
menus-first-first = Raised hands: first up, first to speak.
menus-mute = Mute the selected member, or type a name.
menus-mute-whom = Who should be muted? Write a name.
menus-mute-all = Mute everybody but yourself for a while.
menus-unmute-all = Let everybody speak again.
menus-check-in = Begin a check-in round.
menus-check-out = Begin a check-out round.
menus-free-round = Begin a round on any topic.
menus-seconds = Seconds for each, or Enter for no limit:
menus-skip-turn = Go on to the next person in the round.
menus-end-round = End the round.
menus-agenda = Read the agenda.
menus-add-point = Add a point to the agenda.
menus-point = What is the next point about?
menus-point-minutes = Minutes for it:
menus-next-point = Go on to the next point of the agenda.
menus-clear-agenda = Clear the agenda.
menus-break = Begin a break.
menus-break-minutes = Minutes of the break:
menus-end-break = End the break.
menus-bell = Set when the group's time is up.
menus-bell-minutes = Minutes until the group's time is up, or off:
menus-propose = Propose something to the group.
menus-propose-what = What do you propose?
menus-agree = Agree to the proposal, or to the minutes.
menus-aside = Stand aside: you don't agree, but you won't stand in the way.
menus-block = Block, and say why.
menus-block-why = Why can't you accept it?
menus-not-right = Say that the minutes are not right.
menus-amend = Change your proposal.
menus-amend-to = What do you propose instead?
menus-withdraw = Withdraw your proposal.
menus-test = Ask everybody whether there is agreement.
menus-open-vote = Put it to an open vote.
menus-secret-vote = Put it to a secret vote.
menus-end-vote = End the vote, once half of the group has voted.
menus-move-facilitator = Vote on a new facilitator: the selected member, or type a name.
menus-move-whom = Who should be the facilitator? Write a name.
menus-change-rules = Vote on a change of the ground rules.
menus-which-rule = Which rule, and how? For example: close group.
menus-ask-to-remove = Ask the group to remove a member.
menus-remove-whom = Who should leave the group? Write a name.
menus-proposal = Read what is proposed, and the answers so far.
menus-minutes = Read the minutes. The facilitator reads them back to everybody.
menus-save = Keep the minutes in a file on this computer.
menus-save-where = What should the file be called?
menus-close = Come to a close: the minutes are read back, and then the group ends.
menus-help-me = Ask those who lead for help. Nobody else sees it.
menus-private = Write to one member and nobody else.
menus-private-to = Who is it for? Write a name.
menus-private-what = What do you want to say?
menus-here = Tell the others that you are here, without saying anything.
menus-applaud = Applaud without a sound. The others see it for a moment.
menus-follow-up = Say what to do if somebody vanishes. Those who lead see it.
menus-follow-up-whom = Who might vanish? Write a name.
menus-follow-up-what = What should be done then?
menus-handled = Somebody who vanished or asked for help has been looked after.
menus-handled-whom = Who has been looked after? Write the name.
menus-note = Leave a note for those who lead, such as whom to call.
menus-note-what = What should those who lead know? Nobody else sees it.
menus-co-facilitator = Make a member co-facilitator. They take over if your line is lost.
menus-co-facilitator-who = Who should be co-facilitator? Write a name.
menus-facilitator = Make a member the facilitator. You stay at their side.
menus-facilitator-who = Who should be facilitator? Write a name.
menus-member = Make a leader a member again. You can step back this way too.
menus-member-who = Who should be a member again? Write a name.
menus-lead = Choose who leads: the selected member, or type a name.
menus-lead-who = Who should lead the group? Write a name.
menus-take-back = Take the group back after your line was lost.
menus-mic-device = Choose another microphone.
menus-speaker-device = Choose another speaker.
menus-volume = Hear a member louder or softer. Nobody else notices.
menus-volume-whom = Whom do you want to hear louder or softer? Write a name.
menus-volume-percent = Percent, from 50 to 200; 100 is as they are:
menus-aloud = Go on aloud, without headphones.
# A question about what one member alone is to read.
menus-only-sees = Only { $name } sees it. { $question }

## minutes.rs: The minutes as they are read back and kept, and the line that everybody takes along.

# The minutes in lines.
minutes-minutes = Minutes of { $title }.
minutes-nothing-decided-far = Nothing has been decided so far.
minutes-proposed-by = { $text }{ $stop } Proposed by { $by }. { $came_of }
# What came of a proposal.
minutes-not-decided = Not decided.
# What the group says of its minutes.
minutes-agreed-by-all-who = Agreed by all { $here } who were here.
minutes-read-back-group-agreed = Read back to the group; { $right } of { $here } have agreed so far.
# The minutes as Markdown, for whoever keeps a copy.
minutes-heading = Minutes of { $title }
# The line that everybody takes along.
minutes-alone = alone
minutes-with = with { $names }
minutes-nothing-decided = nothing was decided
minutes-decided-more = decided: { $told } and { $count } more
minutes-decided = decided: { $told }
minutes-circle-keys-destroyed-nothing = { $stayed } in the circle { $with }; { $decided }; keys destroyed, nothing was recorded.
# What to do when the minutes are read back.
minutes-if-they-right-if = If they are right, { $right }; if not, { $wrong }. To keep a copy, { $copy }.
# The same on a page, which has to be left first.
minutes-go-back-group-answer = Go back to the group to answer. { $minutes_task }
# A member says that the minutes are not right.
minutes-says-minutes-not-right = { $name } says that the minutes are not right.
# The group comes to its close.
minutes-group-coming-close = The group is coming to its close.
# The minutes can't be kept yet.
minutes-group-not-heard-minutes = The group has not heard the minutes as they are now.
minutes-facilitator-can-read-them = The facilitator can read them back at any time, and does so at the close.
# The minutes were kept.
minutes-minutes-computer-only = The minutes are in { $path }, on this computer only.
# The minutes could not be kept there.
minutes-already-file-called-left = There is already a file called { $path }; it was left as it is.
minutes-choose-another-name = Choose another name.
minutes-folder-does-not-exist = The folder for { $path } does not exist.
minutes-choose-folder-exists = Choose a folder that exists.
minutes-not-allowed-write = You are not allowed to write { $path }.
minutes-choose-another-folder = Choose another folder.
minutes-minutes-could-not-written = The minutes could not be written to { $path }.
minutes-choose-another-place = Choose another place.

# $aside, $block: how many stood aside or blocked.
minutes-agreed = Agreed: { $agree } for it{ $aside ->
    [0] {""}
   *[other] , { $aside } stood aside
}{ $block ->
    [0] {""}
   *[other] , { $block } blocked
}.
# $secret: "yes" for a secret vote. $tally: "5 yes, 2 no, 1 abstained".
minutes-passed = Passed by { $secret ->
    [yes] a secret vote
   *[no] an open vote
}: { $tally }.
minutes-not-passed = Not passed by { $secret ->
    [yes] a secret vote
   *[no] an open vote
}: { $tally }.
# $right, $wrong: how many say that the minutes are right or not, of $here.
minutes-read-back-wrong = Read back to the group; { $right } of { $here } have agreed, { $wrong } { $wrong ->
    [one] has not
   *[other] have not
}.
minutes-with-others = with { $names } and { $others } others
minutes-close-again = Once everybody is ready, { $close } again to end it.

## names.rs: How members are called.

# A member's name.
names-someone = Someone
# A member's name, or "you" within a sentence.
names-you = you

# The last two of several names or words in a row. $first: all before the last, with commas.
names-and = { $first } and { $last }
names-or = { $first } or { $last }
# What was proposed, where it stands in a row of others.
names-quoted = "{ $text }"

## no_decision.rs: Why something about decisions can't be done now, and what can.

# A facilitator needs the group's yes for this.
no-decision-by-ground-rules-needs = By the ground rules this needs the group's yes.
no-decision-ask = To ask for it, { $motion }.
# Why something about decisions can't be done now, and what can.
no-decision-to = To { $what }, { $how }.
no-decision-no-proposal-moment = There is no proposal for that at the moment.
no-decision-make-one = make one
no-decision-only-member-who-made = Only the member who made the proposal can change or withdraw it.
no-decision-tell-group-what-would = Tell the group what you would change.
no-decision-nothing-written-yet = Nothing is written yet.
no-decision-please-say-few-words = Please say it in a few words.
no-decision-motion-cant-reworded = A motion can't be reworded.
no-decision-withdraw-make-another = withdraw it and make another
no-decision-another-proposal-comes-first = Another proposal comes first.
no-decision-one-waits-until-group = This one waits until the group is done with it.
no-decision-vote-under-way = A vote is under way.
no-decision-vote-yes-vote-no = To vote yes, { $ballot }; to vote no, { $no }.
no-decision-nothing-being-voted = Nothing is being voted on.
no-decision-call-vote = call a vote
no-decision-vote-began-before-came = This vote began before you came.
no-decision-can-vote-from-next = You can vote from the next one on.
no-decision-secret-vote-nobody-sees = In a secret vote nobody sees how anybody votes.
no-decision-ends-by-itself = It ends by itself.
no-decision-secret-vote-needs-least = A secret vote needs at least three people.
no-decision-vote-openly = vote openly
no-decision-ballots-being-counted-already = The ballots are being counted already.
no-decision-please-wait-moment-result = Please wait a moment for the result.
no-decision-fewer-than-half-those = Fewer than half of those who may vote have done so.
no-decision-please-wait-vote-ends = Please wait; the vote ends by itself.
no-decision-still-time = There is still time for it.
no-decision-please-wait-little = Please wait a little.
no-decision-many-proposals-group-can = There are as many proposals as the group can hold.
no-decision-wait-until-one-them = Wait until one of them is decided.
no-decision-minutes-no-room-more = The minutes have no room for more words.
no-decision-use-fewer-words-write = Use fewer words, or write it in the chat.
no-decision-only-facilitator-can-do = Only the facilitator can do that.
no-decision-can-ask-facilitator-aloud = You can ask the facilitator, aloud or in writing.
no-decision-by-ground-rules-facilitator = By the ground rules the facilitator calls the votes.
no-decision-by-ground-rules-group = By the ground rules the group looks for agreement first.
no-decision-ask-everybody = ask everybody
no-decision-not-open-moment = That is not open at the moment.
no-decision-try-again-moment = Try again in a moment.
no-decision-facilitator-may-do-without = The facilitator may do that without asking.
no-decision-no-motion-needed = No motion is needed for it.
no-decision-already-member-who-meant = It is so already, or the member who is meant has gone.
no-decision-see-who = see who is here
no-decision-group-coming-close = The group is coming to its close.
no-decision-nothing-new-can-proposed = Nothing new can be proposed now.
no-decision-minutes-not-read-back = The minutes have not been read back yet.
no-decision-facilitator-can-do = The facilitator can do that.

## not_now.rs: Why something about turns can't be done now, and what to do next.

# Why something about turns can't be done now, and what to do next.
not-now-ask-speak = To ask to speak, { $ask }.
not-now-said-already = You have said so already.
not-now-facilitator-sees = The facilitator sees it.
not-now-not-asked-speak = You have not asked to speak.
not-now-nothing-being-asked-moment = Nothing is being asked at the moment.
not-now-will-told-when-something = You will be told when something is.
not-now-group-being-asked-already = The group is being asked already.
not-now-all-stay-muted-longer = All stay muted for longer if most of those here say yes.
not-now-everybody-but-muted-moment = Everybody but you is muted at the moment.
not-now-let-everybody-speak-first = Let everybody speak first, or give someone the talking stick.
not-now-everybody-may-speak = Everybody may speak.
not-now-nothing-change = There is nothing to change.
not-now-talking-stick-already = The talking stick is there already.
not-now-choose-someone-else-put = Choose someone else, or put it down.
not-now-nobody-talking-stick = Nobody has the talking stick.
not-now-facilitator-can-give-someone = The facilitator can give it to someone.
not-now-only-facilitator-whoever-talking = Only the facilitator, or whoever has the talking stick, can pass it on.
not-now-raised-hands-order-already = Raised hands are in this order already.
not-now-no-hand-up-nobody = No hand is up, and nobody is asking to speak.
not-now-will-see-when-somebody = You will see it when somebody does.
not-now-round-under-way = A round is under way.
not-now-end = To end it, { $round }.
not-now-no-round-under-way = No round is under way.
not-now-facilitator-can-begin-one = The facilitator can begin one.
not-now-somebody-else-turn = It is somebody else's turn.
not-now-will-told-when-yours = You will be told when yours comes.
not-now-last-round = You are the last in this round.
not-now-can-pass-if-want = You can pass if you want to say nothing.
not-now-time-cant-set = That time can't be set.
not-now-choose-10-1800-seconds = Choose 10 to 1800 seconds, or none.
not-now-agenda-full-points = The agenda is full: it has { $agenda } points.
not-now-go-next-point-clear = Go on to the next point, or clear the agenda.
not-now-cant-point-agenda = That can't be a point on the agenda.
not-now-give-few-words-1 = Give it a few words, and 1 to 480 minutes.
not-now-no-agenda = There is no agenda.
not-now-add-point = To add a point, { $agenda }.
not-now-break-already = There is a break already.
not-now-end-2 = To end it, { $break }.
not-now-no-break = There is no break.
not-now-back-already = You are back already.
not-now-others-see = The others see it.
not-now-break-cant-long-short = A break can't be that long or that short.
not-now-choose-1-120-minutes = Choose 1 to 120 minutes.
not-now-choose-1-720-minutes = Choose 1 to 720 minutes.
not-now-no-end-set = No end is set.
not-now-set-one = To set one, { $bell }.
not-now-only-holder-talking-stick = Only the holder of the talking stick is heard, so your microphone stays closed.
not-now-all-but-facilitator-muted = All but the facilitator are muted for a while, so your microphone stays closed.

## panels.rs: The words on the screen's panels.

# Above the members.
panels-in-the-circle = In the circle
# Beside it.
panels-door-locked = door locked
# I, in the list.
panels-you = You
# Above those who wait.
panels-at-the-door = At the door
# Above the chat.
panels-chat = Written
# Above the words to compare.
panels-four-words = Four words to compare
# Before a line that is being written.
panels-writing = write:{" "}
# Above a page with the same.
panels-who-is-here = The people here
# Above a page with the same.
panels-your-line = Your line
# Above a page with the same.
panels-ground-rules = The ground rules
# Above a page with the same.
panels-what-is-proposed = What is proposed
# Above a page with the same.
panels-the-minutes = The minutes
# Above the minutes when they are read back.
panels-minutes-read = The minutes are read back
# Above a page with the same.
panels-what-is-private = What is private
# Above a page with the same.
panels-the-agenda = The agenda
# Above a page with the same.
panels-what-others-need = What others need to join
# Above a page with the same.
panels-words-differ = The words are different
# Above the help.
panels-what-you-can-do = What you can do now
# Above all keys and commands, of use now or not.
panels-everything = Everything you can do
# Above the lines of a menu in the help, which stand behind a key.
panels-after = { $heading }, after { $key }:
# Above the commands in the help, which are typed after a key.
panels-after-line-begins-command = After { $key }, a line that begins with / is a command:
# How to end a line that is being written.
panels-send-stop = { $send } send   { $stop } stop
# What there is beyond the last row, or before the first.
panels-more = { $count } more
# Alarms for which there is no row.
panels-more-vanished = { $count } more vanished
# Newer chat below what is shown.
panels-rows-further-down = { $rows } rows further down
# How the others come in, while nobody else is here: a heading, and how to see an invitation.
panels-others-join-code = Others join with the code
panels-invitation-send-them = For an invitation to send them, { $invite }.
# Beside somebody who waits.
panels-new-line = on a new line?
panels-agreed = has agreed
panels-reads-rules = reads the rules
# Those for whom there is no row.
panels-more-2 = and { $count } more
# What to know before a member is removed: a question, and a hint.
panels-someone-who-gone = someone who is gone
panels-anybody-code-can-knock = Anybody with the code can knock again. To lock the door, { $lock }.
panels-remove-from-group = Remove { $name } from the group?
# What to know before the group is ended: a question, and a hint.
panels-if-something-decided-minutes = If something was decided, the minutes are read back first.
panels-end-group-everybody = End the group for everybody?
# What to know before somebody is turned away: a question, and a hint.
panels-someone-who-went-away = someone who went away
panels-turn-away = Turn { $name } away?
panels-they-can-knock-again = They can knock again with the same code.
# Looking for the group: a heading, and what to know.
panels-looking-1 = Looking for the group.
panels-looking-2 = On a slow line this can take half a minute.
panels-looking-3 = You don't have to do anything.
# At the door.
panels-you-wait = You are at the door, waiting to be let in.
# What the others know of me there.
panels-name-is-seen = The facilitator sees your name. Nobody hears anybody yet.
# Above the ground rules, at the door.
panels-agreed-ground-rules = You have agreed to the ground rules.
panels-ground-rules-agree-them = The ground rules. To agree to them, { $agree }:
# Where there is no room for all of them.
panels-how-group-decides = For how this group decides, { $rules }.
# Where there is no room for any of them.
panels-read-ground-rules-agree = To read the ground rules, { $rules }; to agree to them, { $agree }.
# The sound check that can be done meanwhile; in short where there is little room.
panels-sound-check = For a sound check, { $check }.
panels-check-sound-meanwhile-two = To check your sound meanwhile, { $check }: two soft notes, and a meter.
# Before the meter of the sound check.
panels-sound-check-2 = Sound check
# How long I was in the circle.
panels-circle = You were in the circle for { $length }.
# At the end.
panels-nothing-kept = Your microphone is closed. ingle kept nothing of what was said or written.
# How much data has been used, and at what rate.
panels-far = { $rate }   { $used } so far
# What goes on in a few words, before and after the circle.
panels-looking-group = Looking for the group
panels-looking = looking
panels-door = You are at the door
panels-door-2 = at the door

# $all: "yes" if the key lets in everybody.
panels-lets-in = { $key }: { $all ->
    [yes] let all in
   *[no] let in
}
panels-has-agreed = { $name } (agreed)
# $locked: "yes" while the door is locked.
panels-how-many = { $count } in the circle{ $locked ->
    [yes] , door locked
   *[no] {""}
}

## practice.rs: What the practice members write. What they say aloud was recorded, and stands in `assets/voices`.

# The line. `whom` is the member it is about, and each way to do something is told with keys and as it is typed.
practice-say-hello-if-like = Say hello if you like. To open your microphone, { $mic }.
practice-mute-member-chosen = To mute the member you have chosen, { $mute }.
practice-check-round-begin-one = A check-in round? To begin one, { $round }.
practice-my-hand-up-list = My hand is up, as the list shows. For yours, { $hand }.
practice-five-minutes-break = Five minutes of break
practice-agree-stand-aside = To agree, { $agree }; to stand aside, { $aside }.
practice-begin-break = To begin a break, { $break }.
practice-propose-something-yourself = To propose something yourself, { $propose }.
practice-put-proposal-vote = To put a proposal to a vote, { $vote }.
practice-practice-i-am-well = That was practice; I am well. To say it is seen to, { $handled }.
practice-i-ask-speak-give = I ask to speak. To give me the floor, { $next }.
practice-all-us-muted-now = All of us are muted now. To lift it, { $unmute }.
practice-muted-now-lift = { $whom } is muted now. To lift it, { $unmute }.
practice-thank-i-can-speak = Thank you, I can speak again.
practice-thank = Thank you.
practice-out-group-now-we = { $whom } is out of the group now. We go on.
practice-now-out-too = Now { $whom } is out too.
practice-i-see-hand-please = I see your hand. Please go ahead.
practice-hand-up-we-listening = Your hand is up. We are listening.
practice-we-hear-well = We hear you well.
practice-thank-saying = Thank you for saying that.
practice-i-can-read-thank = I can read you. Thank you.
practice-yes-we-all-see = Yes, we all see what you write.
practice-thank-i-lead-now = Thank you. I lead with you now, and take over if your line is lost.
practice-thank-i-lead-moment = Thank you. I lead for a moment, and then give it back to you.
practice-thank-while-i-hold = Thank you. While I hold the stick, only I am heard; then it is yours again.
practice-we-see-no-words = We see that you are here. No words are needed.
practice-thank-only-i-can = Thank you. Only you and I can read this.
practice-i-see-ask-help = I see that you ask for help. I am with you.
practice-i-pass-time-everybody = I pass this time. Everybody may.
practice-yours-comes-first-i = Yours comes first. I withdraw mine.
practice-we-back-early-practice = We are back early, as this is practice. When you are, { $back }.
practice-i-cant-heard-just = I can't be heard just now, so I write: I am glad to be here.
practice-i-read-i-agree = I have read it, and I agree. Take the time you need.
practice-i-stand-aside-i = I stand aside: I am not for it, but I won't stand in the way.
practice-i-block-reword = I block it as it is. To reword it, { $amend }.
practice-could-said-more-plainly = Could it be said more plainly?
practice-all-us-read-see = All of us have read it. To see if we agree, { $test }.

# Two ways to do something, by keys and by typing. $several: "yes" if the first takes several keys.
practice-or = { $several ->
    [yes] { $press }, or { $typed }
   *[no] { $press } or { $typed }
}

## presence.rs: The members who are there, and their lines.

# A member has come.
presence-is-here = { $name } is here.
# A member's line is cut.
presence-away-line-cut-seat = { $name } is away: the line is cut. The seat is kept.
# A member whose line was cut is back.
presence-back = { $name } is back.
# A member who was away is back on a new line, and has the old place again.
presence-place-group-again-all = You have your place in the group again, with all that went with it.
presence-back-new-line = { $name } is back, on a new line.
# Somebody came in by the name of a member who is away.
presence-who-can-ask-if = Is { $name } the { $was } who was here? You can ask. If so, { $yes }: { $was }'s place, vote and role are theirs again.
# A member has left, or is no longer waited for.
presence-gone = { $name } is gone.
# Words get lost on a member's line.
presence-losing-words = { $name } is losing words.
# No words get lost on it any more.
presence-line-good-again = { $name }'s line is good again.
# Another road carries my line than before.
presence-connected-by-slow-road = You are connected by the slow road (UDP is blocked here). Voices come a little later.
presence-connected-by-fast-road = You are connected by the fast road again.
# My own line is back.
presence-line-back = Your line is back.
# A line of chat.
presence-write = You write: { $text }
presence-writes = { $from } writes: { $text }

# $me: "yes" if it is my own hand. $place: its number among the raised hands.
presence-hand-up = { $me ->
    [yes] Your hand
   *[no] { $name }'s hand
} is up, number { $place }.
presence-hand-down = { $me ->
    [yes] Your hand
   *[no] { $name }'s hand
} is down.

## reach.rs: From where the relay in this computer can be reached.

# From where, and what to do if that isn't enough.
reach-people-from-everywhere-can = People from everywhere can reach this computer: that was tested from outside.
reach-computer-router-let-people = This computer and its router let people in from everywhere, as far as they tell; that was not tested from outside.
reach-if-somebody-cant-come = If somebody can't come in, meet at a relay that all of you can reach, with --relay HOST:PORT.
reach-only-people-own-network = Only people on your own network can come in: nothing that was sent from outside has arrived.
reach-only-people-own-network-can = Only people on your own network can come in: your router gives no way in from outside.
reach-let-router-pass-udp = Let your router pass UDP port { $port } on to this computer, or meet at a relay that all of you can reach, with --relay HOST:PORT.
# The same as it is told by itself.
reach-invitation-says-now-how = The invitation says now how to come in from outside. To see it, { $invite }.

## rejoined.rs: What is wrong with the sound of a member who came in again.

# The microphone's first second was full of noise.
rejoined-noisy = Your microphone hears much noise around you.
# What helps.
rejoined-noisy-help = It helps to close a window, or to use a headset.

## relay.rs: Which relay it is.

# A relay that this computer has not met before.
relay-first-time-computer-meets = This is the first time this computer meets the relay { $relay }. It will recognise it by its key: { $key }.
# A relay is called that nobody named.
relay-ingle-found-relay-network = ingle has found a relay on this network, { $relay }, and asks there for your group.
relay-named-no-relay-ingle = You named no relay, so ingle asks for your group at the one you used last: { $relay }.
# The relay shows another key than last time, and perhaps a certificate.
relay-ask-whoever-runs-key = Ask whoever runs it for its key. If they say { $key }, start ingle again with --accept-relay-key and the key they told you.
# The relay shows another key than the one that was to be accepted.
relay-relay-another-key-than = The relay { $relay } has another key than the one you were told, so nothing was sent to it.
relay-key-please-check-whoever = Its key is { $key }. Please check with whoever runs it, by telephone if you can.
# What was typed in answer is no key.
relay-not-key-relay = “{ $typed }” is not the key of a relay.
relay-write-all-told-8 = Write all of it, as you were told: 8 groups of four digits and letters.
# A line of the file of relays can't be read.
relay-line-cant-read-relay = Line { $line } of { $path } can't be read, so a relay you have met before may seem new.
relay-please-remove-line = Please remove that line.
# The file of relays can't be read.
relay-keys-relays-met-cant = The keys of the relays you have met can't be read: { $path }, { $why }.
relay-can-go-door-still = You can go on; the door still checks the relay's key. Please repair or remove that file later.
# A relay's key can't be kept.
relay-key-relay-cant-remembered = The key of the relay { $relay } can't be remembered: { $path }, { $why }.
relay-can-go-but-next = You can go on, but next time this computer will not recognise the relay.
# The relay was started again, and the group waits for its members.
relay-relay-started-again-back = The relay was started again. { $back } of { $of } are back; the group goes on when most are.
# It goes on.
relay-restored = The relay was started again. The group goes on where it was.

# $certified: "yes" if the relay has a certificate now.
relay-ask-for-key = Ask whoever runs it for its key, and type it here. { $certified ->
    [yes] After that its certificate is enough.{" "}
   *[no] {""}
}To stop, press Enter:{" "}
relay-another-key = The relay { $relay } has another key than last time{ $certified ->
    [yes] , now with a certificate for its name
   *[no] {""}
}, so nothing was sent to it.

## roles.rs: Roles, and the members who lead the group.

# A role in words.
roles-facilitator = facilitator
roles-co-facilitator = co-facilitator
roles-member = member
# A member has another role now.
roles-facilitator-now = You are the facilitator now.
roles-co-facilitator-now-take = You are co-facilitator now: you take over if the facilitator's line is lost, and see when somebody needs help.
roles-member-like-all-others = You are a member like all the others now.
roles-facilitator-now-2 = { $name } is the facilitator now.
roles-co-facilitator-now = { $name } is co-facilitator now.
roles-member-like-all-others-now = { $name } is a member like all the others now.
# Door and floor are with another now.
roles-facilitator-2 = the facilitator
roles-hold-group-now-see = You hold the group now. To see what you can do, { $help }.
roles-holds-group-now-facilitator = { $name } holds the group now, as facilitator.
roles-line-lost-hold-group = { $away }'s line is lost, so you hold the group until they are back. To see what you can do, { $help }.
roles-line-lost-holds-group = Your line was lost, so { $name } holds the group.
roles-line-lost-holds-group-until = { $away }'s line is lost, so { $name } holds the group until they are back.
roles-no-facilitator-chair-group = No facilitator is here, so you chair the group, and can't let anybody in. { $how_to_choose }
roles-no-facilitator-who-longest = No facilitator is here. { $name }, who has been here longest, chairs the group, and it goes on. { $how_to_choose }
# How a group without a facilitator chooses one.
roles-more-than-half-choose = More than half of you choose who leads: to offer yourself, { $lead }.
# While nobody who leads is there: what one key does, or how far my choice is. `None` while somebody leads.
roles-no-facilitator-offer-yourself = No facilitator is here. To offer yourself to lead, { $lead }.
roles-no-facilitator-choose-lead = No facilitator is here. To choose { $name } to lead{ $so_far }, { $lead }.
# The same for everybody, without the way.
roles-no-facilitator-group-chooses = No facilitator is here, and the group chooses who leads. { $name }{ $so_far }.
roles-no-facilitator-group-yet = No facilitator is here, and the group has yet to choose who leads.
# The member who led before is here again, and I lead.
roles-who-led-group-before = { $name }, who led the group before, is here again. To give { $name } that role back, { $yes }.
# For a member who doesn't lead, and looks for something to do about roles.
roles-facilitator-gives-roles-let = The facilitator gives the roles. To let the group vote on another facilitator, { $vote }.
# My line was lost, and another has taken over.
roles-somebody-else = Somebody else
roles-line-lost-while-holds = Your line was lost for a while, and { $holder } holds the group. To take it back, { $take }.

# $me: "yes" if I chose myself. $needed: how many have to choose the same.
roles-you-chose = You chose { $me ->
    [yes] yourself
   *[no] { $name }
} to lead. { $needed } have to choose the same.
# Without a full stop: roles-so-far may follow.
roles-you-offer = You offer to lead
roles-you-choose = You choose { $chosen } to lead
roles-offers = { $by } offers to lead
roles-chooses = { $by } chooses { $chosen } to lead
roles-to-agree = To agree, { $lead }.
roles-so-far = ({ $count } of the { $needed } needed)

## second_way.rs: My second way to the relay, in sentences.

# How both ways stand. $via: the interface of the second one, as this computer calls it.
second-way-carries = Voices go two ways now, your usual line and { $via }: what comes first is heard. It takes twice the data.
second-way-first-silent = Nothing comes over one of your two ways, your usual line and { $via }. Voices go by the other; anything else waits for a moment.
second-way-looking = Only one of your two ways, your usual line and { $via }, leads to the relay. ingle goes on looking for the other.
second-way-silent = Nothing comes over one of your two ways, your usual line and { $via }. The other carries everything.
second-way-same = Your usual line and { $via } are one way at the moment, so everything goes over it, and only once.
# The same with its figures.
second-way-figures = Over the second way, { $loss }% of what you send is lost, the relay answers within { $rtt_ms } milliseconds, and { $bytes } of data was used.

## selection.rs: When a key has nobody to do something to, or nothing to send.

# Nobody is selected.
selection-nobody-selected = Nobody is selected.
selection-choose-someone-arrow-keys = Choose someone with the arrow keys first.
# The person who was selected at the door has gone.
selection-person-selected-no-longer = The person you selected is no longer waiting.
selection-choose-someone-else-arrow = Choose someone else with the arrow keys.
# I am selected, and can't be muted by myself.
selection-that-is-you = That is you.
selection-open-close-own-microphone = To open or close your own microphone, { $mic }.
# A question is to be answered with nothing.
selection-nothing-written-yet = Nothing is written yet.
selection-write-press-press-leave = Write it and press { $send }, or press { $stop } to leave it.
# A letter was typed where a number is asked for.
selection-a-number-is-asked = That key does nothing here: a number is asked for.
# Text was pasted where there is no line to write.
selection-nothing-to-write = You pasted text. There is nothing to write to here, so it was dropped.
# Text was pasted: what becomes of it by these keys.
selection-pasted-text-sends-message = You pasted text. { $capital } sends it as a message, { $capital2 } drops it.
# Text was pasted that is longer than a line may be.
selection-pasted-characters-line-room = You pasted { $count } characters, and a line has room for { $most }: the end was left out.

## settings.rs: Settings: where they are kept, and where each comes from.

# Where settings could be, but for the person's wish.
settings-no-place-settings-because = There is no place for settings here, because INGLE_CONFIG_DIR is empty or there is no home directory.
settings-set-ingle-config-dir = Set INGLE_CONFIG_DIR to a directory, or unset it.
# The file was written.
settings-settings = Your settings are in { $path }.
settings-every-line-explained-begins = Every line is explained and begins with #. Remove the # from those that you want.
# The file before it is kept.
settings-file-now = The file that was there is now { $path }.
# There is one already.
settings-already-file-settings-nothing = There is already a file of settings: { $path }. Nothing has been changed.
settings-replace-keep-old-one = To replace it, and keep the old one beside it: ingle config init --force.
# It could not be written.
settings-cant-written = { $path } can't be written: { $error }.
settings-make-room-disk-make = Make room on the disk, or make the directory writable for yourself.
# Whether the file is there.
settings-file-settings = Your file of settings: { $path }
settings-no-file-settings-ingle = You have no file of settings. "ingle config init" writes one: { $path }
settings-nothing-kept-computer-because = Nothing is kept on this computer, because INGLE_CONFIG_DIR is empty or there is no home directory.
# What comes first.
settings-order = An option on the command line comes before the environment, and that before the file.
# Where a setting comes from.
settings-built-in = as it is without
# The same.
settings-environment = environment: { $name }
# The same.
settings-file-line = file: line { $line }
# The same.
settings-chosen-at-home = chosen in ingle
# A setting that has no value.
settings-not-set = not set
# The head of the file that config init writes, and what stands before what is only for hosts.
settings-sample-head =
    Settings of ingle. Each line is explained, and none of them counts until you remove its #.
    An option on the command line comes before the environment, and that before this file.
    To see what is in force, and where it comes from: ingle config

    The first part is for every group that you join, host or practise with. Under a heading such as
    { "[host]" } stands what is only for that command.
settings-sample-host = Only for groups that you host.
settings-sample-when = Tuesday 19:00
# The head of the file with what was chosen in ingle.
settings-chosen-head = What you have chosen in ingle. Your own settings belong into config.toml, which comes first.
# A manual page of what isn't there.
settings-no-command-no-page = There is no command “{ $command }”, so there is no page about it.
settings-ingle-help-lists-commands = ingle --help lists the commands.

## sign.rs: How a member is, in words.

# In words.
sign-away-coming-back = away { $span }, coming back
sign-muted-by-facilitator = muted by facilitator
sign-speaking = speaking
sign-stick = has the stick
sign-asks-speak = asks to speak
sign-hand-up = hand up { $place }
sign-losing-words = losing words
sign-s-behind = { $seconds } s behind
sign-facilitator = facilitator
sign-co-facilitator = co-facilitator
sign-holds-group = holds the group
sign-chair = chair
sign-microphone-open = microphone open
sign-microphone-closed = microphone closed
sign-no-microphone = no microphone
sign-asks-help = asks for help
sign-quiet = quiet

## spending.rs: What my line may cost, in sentences.

# What is chosen, and what an hour of it costs.
spending-voice-takes-much-data = Your voice takes as much data as it needs
spending-voice-takes-little-data = Your voice takes as little data as it can
spending-voice-best-sound-least = Your voice has the best sound and the least delay, whatever data that takes
spending-plan = { $what } (plan { $value }): { $hour }.
spending-about-mb-hour-talking = about { $clean } MB for an hour of talking, and up to { $most } MB on a bad line
# What is chosen, and what else there is.
spending-with-it-is = With { $value } it is { $hour }: { $plan }.
# A plan that there isn't.
spending-no-such-plan = There is no such plan.
spending-auto-thin-full-example = There are auto, thin and full. For example, { $plan }.

## start.rs: What is asked and said before the screen opens, and why a session did not come about.

# The question for the relay.
start-which-relay = Which relay does the group meet at? HOST:PORT:{" "}
# The question for the name.
start-which-name = What should the others call you?{" "}
# The practice group's name.
start-practice-group = Practice group
# The person's name in a rehearsal, if none was given.
start-practice-name = You
# At the start of a rehearsal, so that nobody takes the five for people.
start-rehearsal = This is a rehearsal: the five who join you are recorded voices, and nothing leaves this computer.
# At the start of a host whose program ended without a goodbye, with the question whether to go back.
start-ingle-ended-without-goodbye =
    ingle ended here without a goodbye while you hosted group { $number } at { $relay }.
    The group may go on without you. Somebody there has to let you in; then your place and your
    role can be given back to you, if you use the same name as before.
    Type its three words to go back, or press Enter to begin a new group:{" "}
# The same where nothing can be asked.
start-ingle-ended-without-goodbye-while = ingle ended here without a goodbye while you hosted group { $number } at { $relay }, which may go on without you. To go back, leave this group and use the old code with the same name: ingle join { $number }-WORD-WORD-WORD --relay { $relay }.
# The code of another group was typed.
start-words-group-needed = The words of group { $number } are needed here.
# No code, and nobody to ask for one.
start-no-code-join = There is no code to join with.
start-write-after-join-ingle = Write it after join: ingle join 4821-otter-lamp-violin.
# What was typed is no code; `why` is a sentence.
start-check-code-ask-whoever = Check the code, or ask whoever invited you to read it to you.
# A name that would be taken for somebody or something else.
start-nobody-can-called-since = Nobody can be called "{ $name }" here, since it could be taken for somebody else.
start-choose-another-name-such = Choose another name, such as your first name.
# The same, with the question once more.
start-please-try-again =
    { $why }
    Please try again:{" "}
# No relay, and nobody to ask for one; `looked` if none was found on this network.
start-paste-whole-invitation-write = Paste the whole invitation, or write the relay after the code: --relay HOST:PORT.
# The key of this computer's relay can't be kept; `why` is a sentence.
start-computer-relay-new-key = { $why } So this computer's relay has a new key this time, and guests who have met it before are warned.
# Said while relays are looked for, before the screen opens.
start-looking = No relay is named, so ingle looks for one on this network.
# No relay on this network, nor the one that was used last, has led to the group's door.
start-none-relays-ingle-found = None of the relays that ingle has found answers for your group.
# This computer is to be the relay, and has no network.
start-no-network = This computer has no network at the moment, so only programs on it can join.
# How a rehearsal goes on without a device; `error` is a sentence about it, and `speaker` whether the speaker is missing.
start-see-who-speaks = To see who speaks, { $who }.
start-can-still-hear-others = You can still hear the others.
# The same for a screen, which shows it by itself.
start-screen-shows-who-speaking = The screen shows who is speaking.
# How a session goes on where devices are missing or can't be used; `error` is a sentence about it.
start-can-read-write-screen = You can read and write, and the screen shows who speaks.
start-can-listen-write = You can listen and write.
start-can-speak-write-screen = You can speak and write, and the screen shows who speaks.
start-what-plug-now-found = { $error } { $can } What you plug in now is found by itself.
# The system refused something that it always gives.
start-ingle-cant-run-computer = ingle can't run on this computer: { $error }.
start-close-other-programs-restart = Close other programs or restart the computer, then try again.
# There is nobody to show anything to.
start-nobody-reads-what-ingle = Nobody reads what ingle writes any more, so it has left the group.
start-start-terminal-keep-program = Start it in a terminal, or keep the program that reads its output running.
# Nothing can be typed any more, and the session goes on.
start-stay-group-hear-microphone = You stay in the group and hear it, with your microphone closed. To leave, end ingle.
# Told beside the output, while nothing of that is read.
start-nobody-reads-what-ingle-writes = Nobody reads what ingle writes at the moment, so your microphone is closed. You stay in the group and hear it.
# What was written stood still for a while.
start-nothing-could-shown-while = Nothing could be shown here for a while, so your microphone is closed.
start-stays-closed-until-open = It stays closed until you open it.
# A fault of the program, at this place in its source.
start-ingle-stopped-because-fault =
    ingle has stopped because of a fault of its own ({ $place }).
    Your microphone is closed. Please join again.
# What to do when the sound has failed in a session.
start-sound-failed = You can still write. To hear and speak again, leave and come back.

# A link was opened: the question whether to follow it. $named: "yes" if it names the relay.
start-follow-link =
    A link asks to join group { $number }{ $named ->
        [yes] {" "}at { $relay }
       *[no] {""}
    }.
    The relay will see this computer's address, and whoever leads the group your name.
    Type yes if you expected this, or press Enter to stop:{" "}
# $looked: "yes" if a relay was looked for on this network, too.
start-relay-missing = It is not known which relay the group meets at{ $looked ->
    [yes] , and there is none on this network
   *[no] {""}
}.
# $was_open: "yes" if the microphone was open until now.
start-input-over = Nothing can be typed here any more{ $was_open ->
    [yes] , so your microphone is closed
   *[no] {""}
}.

## status.rs: The group, told in sentences.

# The members who speak now, in one sentence without a full stop, and since when the first of them does.
status-line-cut-coming-back = Your line is cut; coming back
status-nobody-speaking = Nobody is speaking
# The same in fewer words, where the names of all who speak don't fit.
status-nobody = Nobody
status-you = You
# Everybody in the circle, a line each, in the order of the screen: arrival, and I last.
status-circle = In the circle: { $order }.
status-door = At the door: { $names }.
status-door-locked = The door is locked.
# My line, in sentences.
status-sending-receiving-kilobits-second = Sending { $up_kbps } and receiving { $down_kbps } kilobits a second.
status-what-send-lost-way = { $value }% of what you send is lost on the way, and { $value2 }% of what is sent to you.
status-relay-answers-within-milliseconds = The relay answers within { $rtt_ms } milliseconds.
status-sound-held-back-milliseconds = Sound is held back for { $playout_ms } milliseconds to bridge gaps in the line.
status-data-used-far = { $bytes } of data used so far.
# How I am heard, as far as it's known: "7 of 8 hear you. Ben is losing words." `None` while nobody has said.
status-heard = You are heard.
status-nobody-hears-everything-say = Nobody hears everything you say at the moment.
status-all-hear = All { $of } hear you.
status-hear = { $hear } of { $of } hear you.
# The same in few words, while not everybody hears me.
status-hear-2 = { $hear } of { $of } hear you

# The members who speak now, without a full stop. In the last, $me is "yes" if I am one of $names.
status-you-are-speaking = You are speaking
status-is-speaking = { $name } is speaking
status-are-speaking = { $me ->
    [yes] { $names }
   *[no] { $names }
} are speaking
status-and-more = { $first } and { $others } more
# A member in a list. $me: "yes" if that is me. $signs: words such as "speaking, hand up 1".
status-member = { $name }{ $me ->
    [yes] {" "}(you)
   *[no] {""}
}: { $signs }.
# How my line is. $slow: "yes" by the slow road.
status-no-line = There is no line yet.
status-line-cut = Your line is cut.
status-line-good = Your line is good{ status-slow }.
status-line-fair = Your line is fair{ status-slow }.
status-line-poor = Your line is poor{ status-slow }.
status-slow = { $slow ->
    [yes] , by the slow road (UDP is blocked here)
   *[no] {""}
}
# $hear: how many hear me, in a sentence. $names: the members who lose words, and $count how many.
status-losing = { $hear } { $names } { $count ->
    [one] is
   *[other] are
} losing words.

## strip.rs: The words for hardly any screen, in several lengths.

# What goes on, in a sentence and in a word or two.
strip-over = over
strip-turn = It is your turn
strip-turn-2 = your turn
strip-line-cut = line cut
strip-quiet = quiet
# The way to the help.
strip-help = { $help } help
# What I can do at the door, at length and in short.
strip-rules-agree-sound-check = { $rules } rules, { $agree } agree, { $sound } sound check
strip-agree = { $agree } agree
# The keys that always work, in several lengths.
strip-rules-agree-sound = { $rules } rules   { $agree } agree   { $sound } sound   { $leave }
strip-agree-2 = { $agree } agree  { $leave }
strip-mic = { $mic } mic   { $help }   { $leave }
# The words that are compared; `None` if nothing is asked of me.
strip-read-aloud = Read aloud: { $words }
strip-do-hear-same-not = Do you hear: { $words }? { $same } same, { $differ } not
strip-comparing = comparing
# Whether to leave, and hand over to the member of this name.
strip-leave-hand-over-end = Leave? { $yes } hand over to { $next }, { $all } end for all, { $no } stay
strip-leave-leads-end-stay = Leave? { $yes } { $next } leads, { $all } end, { $no } stay
strip-leave-2 = leave? { $yes } { $no } { $all }
strip-leave-end-all = Leave? { $yes } { $no }, { $all } end for all
strip-leave-group = Leave the group? { $yes } { $no }
strip-leave-3 = leave? { $yes } { $no }
# Whether to remove a member.
strip-someone-who-gone = someone who is gone
strip-remove = Remove { $name }? { $yes } { $no }
strip-remove-2 = remove? { $yes } { $no }
# Whether to end the group.
strip-end-group-everybody = End the group for everybody? { $yes } { $no }
strip-end-all = end for all? { $yes } { $no }
# Whether to turn somebody away.
strip-someone-who-went-away = someone who went away
strip-turn-away = Turn { $name } away? { $yes } { $no }
strip-turn-away-2 = turn away? { $yes } { $no }
# The keys that matter most, in place of the help.
strip-mic-2 = mic
strip-hand = hand
strip-write = write
strip-leave-4 = leave
strip-back = back
# The way back from a page.
strip-back-2 = { $key } back

strip-nobody-speaks = Nobody speaks
strip-speaks = { $name } speaks
# After a key.
strip-close = close
strip-leave = leave

## trouble.rs: What went wrong, and what to do next.

# What went wrong in one sentence, and what to do next in another.
trouble-only-facilitator-can-do = Only the facilitator can do that.
trouble-can-ask-facilitator-aloud = You can ask the facilitator, aloud or in writing.
trouble-only-facilitator-can-do-chairing = Only a facilitator can do that, and you are chairing the group.
trouble-more-than-half-choose = More than half of you choose who leads: to offer yourself, { $lead }.
trouble-would-change-nothing-already = That would change nothing: it is so already, or enough others lead the group.
trouble-see-who-leads = To see who leads, { $who }.
trouble-nobody-else-leads-group = Nobody else here leads the group, so nobody was told.
trouble-tell-one-member = To tell one member, { $private }.
trouble-nobody-name-vanished-asked = Nobody of that name has vanished or asked for help.
trouble-see-who = To see who has, { $who }.
trouble-left-note-already-can = You have left a note already, and there can be only one.
trouble-once-can-write-one = Once you are in, you can write to one member and nobody else.
trouble-nobody-come-by-name = Nobody here has come in by the name of a member who is away.
trouble-during-secret-vote-no = During a secret vote no place is given back.
trouble-hold-group-already = You hold the group already.
trouble-taking-back-facilitator-whose = Taking it back is for a facilitator whose line was lost for a while.
trouble-leads-group-now-not = { $name } leads the group now, so it is not yours to take back.
trouble-if-led-before-ask = If you led it before, ask { $name }: one key or command there gives the role back.
trouble-no-facilitator-group-choose = No facilitator is here, so the group has to choose who leads.
trouble-offer-yourself-more-than = To offer yourself, { $lead }. More than half decide.
trouble-leads-group-nobody-chosen = { $name } leads the group, so nobody is to be chosen now.
trouble-let-group-vote-another = To let the group vote on another facilitator, { $motion }.
trouble-chosen-already = You have chosen { $name } already.
trouble-once-more-than-half = It is so once more than half have chosen the same.
trouble-facilitator-muted-microphone-stays = The facilitator has muted you, so your microphone stays closed.
trouble-ask-speak = To ask to speak, { $ask }.
trouble-nobody-door = Nobody is at the door.
trouble-will-see-name-when = You will see the name when someone knocks.
trouble-line-not-sent = Your line was not sent: "{ $start }{ $more }".
trouble-please-write-again = Please write it again.
trouble-not-done-because-group = That was not done, because the group had changed in the meantime.
trouble-please-look-again-repeat = Please look again, and repeat it if it is still needed.
trouble-too-much-once-earlier = That was too much at once; earlier steps are still on their way.
trouble-try-again-moment = Try again in a moment.
trouble-relay-not-answered-yet = The relay has not answered yet. ingle goes on trying, over UDP and by the slow road.
trouble-if-takes-long-look = If it takes long, look whether this computer is online, and whether the relay's address is right.
trouble-line-cut-seat-kept = Your line is cut. Your seat is kept for a minute and a half.
trouble-ingle-keeps-trying-microphone = ingle keeps trying. With your microphone open, what you say is heard when the line is back.
trouble-relay-being-started-again = The relay is being started again. Please stay: nothing is lost.
trouble-others-come-back-by = You and the others come back by yourselves as soon as it is there.
trouble-no-new-groups-moment = New groups can't be opened at the moment. Groups that are open go on.
trouble-ingle-opens-soon-can = Please wait: ingle keeps trying, and opens yours as soon as it can.
trouble-line-cut-long-seat = Your line is cut for so long that your seat may be gone, so your microphone is closed.
trouble-ingle-keeps-trying-perhaps = ingle keeps trying. Perhaps you have to be let in again.
trouble-seat-given-up-while = Your seat was given up while your line was cut, so you are back at the door.
trouble-let-again = You have to be let in again.
trouble-let-again-microphone-stays = You have to be let in again. Your microphone stays closed until you open it.
trouble-screen-may-show-something = Your screen may show something else than the others see.
trouble-please-leave-join-again = Please leave, and join again with the same code.
trouble-someone-may-intercepting-connection = Someone may be intercepting the connection of the person who just knocked.
trouble-please-let-nobody-now = Please let nobody in for now, and speak with that person by telephone.
trouble-sound-changed-way-not = { $name }'s sound was changed on its way here, so it is not played for now.
trouble-if-happens-again-meet = If this happens again, meet at another relay.
trouble-about-s-what-said = About { $seconds } s of what { $name } said were lost on the way.
trouble-can-ask-say-again = You can ask { $name } to say it again.
trouble-came = "{ $here }" came in as "{ $signed }"
trouble-ask-everybody-say-their = Ask everybody to say their name before you say more, and tell the group about this.
# Why there is no connection in one sentence, and what to do next in another.
trouble-ingle-older-than-relay = This ingle is older than the relay.
trouble-please-install-newest-ingle = Please install the newest ingle, and try again.
trouble-relay-older-than-ingle = The relay is older than this ingle.
trouble-please-ask-whoever-runs = Please ask whoever runs the relay to update it.
trouble-no-group-code-moment = There is no group with this code at the moment.
trouble-check-code-whoever-sent = Check the code with whoever sent it; perhaps the group is not open yet.
trouble-all-seats-group-taken = All { $members } seats of this group are taken.
trouble-try-again-when-someone = Try again when someone has left, or ask the facilitator.
trouble-door-group-locked-moment = The door of this group is locked at the moment.
trouble-ask-facilitator-unlock-try = Ask the facilitator to unlock it, or try again later.
trouble-many-people-door-right = Many people are at the door right now.
trouble-please-try-again-minute = Please try again in a minute.
trouble-line-lost-too-long = Your line was lost for too long, so your seat is no longer kept.
trouble-join-again-same-code = Join again with the same code; the facilitator will let you in.
trouble-group-from-another-window = You are in this group from another window or device now.
trouble-carry-can-close-one = Carry on there; you can close this one.
trouble-facilitator-taken-out-group = The facilitator has taken you out of the group.
trouble-if-think-mistake-please = If you think this is a mistake, please contact the facilitator.
trouble-facilitator-ended-group = The facilitator has ended the group.
trouble-thank-being = Thank you for being there.
trouble-relay-being-started-again-moment = The relay is being started again at the moment.
trouble-no-new-groups = New groups can't be opened at the moment.
trouble-relay-cant-take-anyone = The relay can't take anyone else at the moment.
trouble-please-try-again-few = Please try again in a few minutes.
trouble-ingle-relay-dont-understand = This ingle and the relay don't understand each other.
trouble-please-install-newest-ingle-if = Please install the newest ingle. If that does not help, tell whoever runs the relay.

# $shown: several of the next but one. $more: how many others there are.
trouble-misnamed = The list of members may be wrong: { $shown }{ $more ->
    [0] {""}
   *[other] , and { $more } more under other names too
}.

## turn_blocks.rs: All that goes on about turns, block by block for a panel.

# All there is to show about turns, what matters most first.
turn-blocks-asking-speak = Asking to speak
turn-blocks-not-heard-20-min = Not heard for 20 min
turn-blocks-now-2 = now
turn-blocks-group-time-ends = The group's time ends
# Whether everybody stays muted for longer, while that is asked.
turn-blocks-yes = yes { $yes } of { $seats }
turn-blocks-stay-muted = Stay muted? { $time }, { $line }
turn-blocks-stay-muted-longer = Stay muted for longer?
turn-blocks-yes-2 = yes
turn-blocks-back = back { $back } of { $seats }
turn-blocks-not-back = not back: { $missing }
turn-blocks-time-come-back = time to come back
turn-blocks-break = Break { $until }, { $back }
turn-blocks-break-2 = Break  { $until }
turn-blocks-im-back = I'm back
# Who alone is heard, if that is so.
turn-blocks-talking-stick = You have the talking stick
turn-blocks-stick = You have the stick
turn-blocks-pass = pass on
turn-blocks-talking-stick-2 = { $name } has the talking stick
turn-blocks-all-but-facilitator-muted = All but the facilitator are muted
turn-blocks-all-muted = All are muted { $until }
turn-blocks-number = you are number { $at }
turn-blocks-hands-up = Hands up
turn-blocks-hands-up-2 = Hands up: { $hands }

# Whom a round waits for while all of them are away. $names: "you" may be among them.
turn-blocks-waiting-for = waiting for { $names }
# A round in one line. $now: the member whose turn it is, or the sentence above. $next: the member after that.
turn-blocks-round = Round { $at } of { $all }: { $now }
turn-blocks-round-then = Round { $at } of { $all }: { $now }, then { $next }
# $brief: one of the two above. $place: my place, "3rd".
turn-blocks-round-mine = { $brief }, you { $place }
turn-blocks-now = now { $name }
turn-blocks-then = { $line }, then { $names }
turn-blocks-time-is-up = time is up
turn-blocks-you-are = you are { $place }
turn-blocks-of = { $at } of { $all }
# A point of the agenda.
turn-blocks-point = { $at } of { $all }: { $text }

## turns.rs: Turns to speak, in sentences.

# What a round is called.
turns-check-round = check-in round
turns-check-out-round = check-out round
turns-round = round
# Why I am not heard though my microphone may be open; `None` if I am.
turns-facilitator-muted = the facilitator has muted you
turns-talking-stick = { $name } has the talking stick
turns-all-but-facilitator-muted = all but the facilitator are muted
# To a member who talks and is muted.
turns-muted = you are muted
turns-talking-but-nobody-hears = You are talking, but nobody hears you: { $why }.
# The facilitator's hint about a member who has not been heard.
turns-not-heard-20-minutes = { $name } has not been heard for 20 minutes. Only you see this.
# My own share of the time in which anybody spoke; nobody is told of another's.
turns-spoken-time-which-anybody = You have spoken for { $value }% of the time in which anybody spoke.
# What became of turns, in a sentence or two; `None` if it need not be said to this person.
turns-talking-stick-only-heard = You have the talking stick: only you are heard. To pass it on, { $stick }; to put it down, { $stick2 }.
turns-talking-stick-only-heard-2 = { $name } has the talking stick: only { $name } is heard.
turns-talking-stick-down = The talking stick is down.
turns-talking-stick-down-everybody = The talking stick is down: everybody may speak.
turns-facilitator-sees-would-like = The facilitator sees that you would like to speak.
turns-facilitator-no-longer-sees = The facilitator no longer sees that you would like to speak.
turns-would-like-speak-give = { $name } would like to speak. To give { $name } the floor, { $next }.
turns-raised-hands-come-order = Raised hands come in the order in which they went up.
turns-those-raised-hands-one = Of those with raised hands, the one heard least comes first.
turns-next-speak = You are next to speak.
turns-next-speak-open-microphone = You are next to speak. To open your microphone, { $mic }.
turns-next-speak-2 = { $name } is next to speak.
turns-agenda-empty-now = The agenda is empty now.
turns-agenda = On the agenda: { $names }.
turns-now-agenda = Now on the agenda: { $text }, { $minutes }.
turns-all-points-agenda-done = All points of the agenda are done.
turns-break-please-back-group = A break: please be back at { $clock } on the group's clock. Your microphone is closed. When you are back, { $back }.
turns-time-come-back = It is time to come back.
turns-time-come-back-not = It is time to come back. Not back yet: { $names }.
turns-others-see-back = The others see that you are back.
turns-back = { $name } is back.
turns-break-over = The break is over.
turns-group-time-ends-clock = The group's time ends at { $clock } on its clock.
turns-group-time-no-longer = The group's time no longer has a set end.
turns-five-minutes-left-time = Five minutes are left: time to come to a close.
turns-group-time-up-take = The group's time is up. Take a moment to finish what you want to say.
# About a mute of all but the facilitator.
turns-all-others-muted = All others are muted for { $time }.
turns-all-but-facilitator-muted-ask = All but the facilitator are muted for { $time }. To ask to speak, { $ask }.
turns-others-may-speak-again = The others may speak again. You are still muted by the facilitator.
turns-everybody-may-speak-again = Everybody may speak again.
turns-group-asked-whether-all = The group is asked whether all stay muted for as long again. Most have to say yes.
turns-facilitator-asks-whether-all = The facilitator asks whether all should stay muted for { $time } more. If you agree, { $yes }; if not, do nothing.
turns-said-yes = You have said yes.
turns-too-few-said-yes = Too few have said yes, so the mute does not go on.
# About a round.
turns-turn-when-finished-say = It is your turn. When you have finished, { $done }; to say nothing, { $pass }; to come later, { $later }.
turns-everybody-who-left-round = Everybody who is left in the round is away. They have their turn when they are back.
turns-passed = You have passed.
turns-passes = { $name } passes.
turns-round-gone-next-person = The round has gone on to the next person.
turns-away-turn-once-back = { $name } is away, and has a turn once back.
turns-round-goes-after = The round goes on after { $name }.
turns-turn-comes-end-round = Your turn comes at the end of the round.
turns-turn-comes-end-round-2 = { $name }'s turn comes at the end of the round.
turns-back-next-turn-yours = You are back, and the next turn is yours.
turns-back-next-turn = { $name } is back and has the next turn.
turns-time-up-take-moment = Your time is up. Take the moment that you need to finish.
turns-time-up-nothing-cut = { $name }'s time is up. Nothing is cut off.
turns-round-over-thank = The round is over. Thank you.
# The agenda, a line a point.
turns-no-agenda = There is no agenda.

# A number as it is said in a row.
turns-ordinal = { NUMBER($number, type: "ordinal") ->
    [one] { $number }st
    [two] { $number }nd
    [few] { $number }rd
   *[other] { $number }th
}
# Lengths of time.
turns-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
turns-seconds = { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}
# $kind: what the round is called. $each: the time for each.
turns-round-begins = A { $kind } begins. Everybody has a turn, and anybody may pass.
turns-round-begins-timed = A { $kind } begins, with { $each } for each. Everybody has a turn, and anybody may pass.
# $place: my own, "3rd".
turns-their-turn = It is { $name }'s turn.
turns-their-turn-and-mine = It is { $name }'s turn. You are { $place }.
# A point of the agenda. $minutes: "10 minutes". $state: "done", "now" or "later".
turns-point = { $number }. { $text }, { $minutes }{ $state ->
    [done] , done
    [now] , now
   *[later] {""}
}.
turns-point-time = The { $minutes } for "{ $text }" are up. Nothing is cut off.

## typed.rs: What is wrong with a command that was typed, or can't be done now, and what to do next.

# At the door, after I was let in.
typed-circle-already = You are in the circle already.
typed-time-door = That is for the time at the door.
# In the circle, before I am let in.
typed-not-circle-yet = You are not in the circle yet.
typed-please-wait-until-let = Please wait until you are let in.
# In the circle, after I have left.
typed-no-longer-circle = You are no longer in the circle.
typed-can-knock-again-same = You can knock again with the same code.
# A command that takes nothing, with something after it.
typed-stands-alone = /{ $typed } stands alone.
typed-type-by-itself = Type /{ $typed } by itself.
# A command without what it needs; `argument` as the table has it.
typed-needs-more-words = /{ $typed } needs more words.
# A command with what it can't take.
typed-what-stands-after-not = What stands after /{ $typed } was not understood.
# No command; `near` is the only one that begins so, and `line` is all that stands after the slash.
typed-no = There is no /{ $value }.
typed-did-mean = Did you mean /{ $near }?
typed-see-what-send-line = To see what there is, { $help }; to send the line as it is, type /{ $line }.
typed-see-what-send-line-begin = To see what there is, { $help }; to send the line as it is, begin it with //.
# More than fits into one line.
typed-letters-fit-please-use = It has { $letters } letters, and { $most } fit. Please use fewer words, or two parts.
typed-too-long-one-line = That is too long for one line, and was not sent.
# More than fits into what only a few are to read.
typed-too-long-sealed-few = That is too long to be sealed for a few people.
typed-please-say-letters-two = Please say it in { $most } letters, or in two parts.
# Nobody in the circle has this name.
typed-nobody-called = Nobody here is called "{ $typed }".
typed-here-are = Here are
# Several names begin so.
typed-several-names-begin = Several names begin with "{ $typed }".
typed-type-little-more = Type a little more:
# Nobody at the door has this name.
typed-nobody-door-called = Nobody at the door is called "{ $typed }".
typed-door = At the door:
# Several at the door have the same name; a number tells them apart.
typed-people-door-called = { $count } people at the door are called "{ $name }".
typed-first-them-second = For the first of them, { $first }; for the second, { $second }.
# I am the one who is meant to be removed.
typed-that-is-you = That is you.
typed-leave-end-group-everybody = To leave, { $leave }; to end the group for everybody, { $close }.
# I am the one to whom I write.
typed-write-name-person = Write the name of the person it is for.
# Only those who lead say what to do for others.
typed-can-say-only-yourself = You can say this only for yourself.
typed-tell-those-who-lead = Tell those who lead what should be done for others.
# There is nobody to compare words with.
typed-nobody-else = Nobody else is here.
typed-words-can-compared-once = Words can be compared once somebody has joined.
# Nothing was missed.
typed-nothing-skip = There is nothing to skip.
typed-hear-everything-said = You hear everything as it is said.
# The words to compare are not known yet.
typed-words-not-yet = The words are not here yet.
typed-they-will-moment = They will be in a moment.
# I read the words, and don't answer.
typed-read-words-aloud = You read the words aloud.
typed-others-say-whether-they = The others say whether they are the same.
# I have answered.
typed-answered-already = You have answered already.
typed-if-slip-facilitator-can = If it was a slip, the facilitator can compare again.
# No words are being compared.
typed-nothing-being-compared-moment = Nothing is being compared at the moment.
typed-facilitator-can-begin = The facilitator can begin it.
# A hand that is up is raised, or one that is down lowered.
typed-hand-up-already = Your hand is up already.
typed-lower = To lower it, { $hand }.
typed-hand-not-up = Your hand is not up.
typed-raise = To raise it, { $hand }.
# A door that is locked is locked, or one that isn't is unlocked.
typed-door-locked-already = The door is locked already.
typed-unlock = To unlock it, { $unlock }.
typed-door-not-locked = The door is not locked.
typed-lock = To lock it, { $lock }.
# A muted member is muted, or one who isn't is let speak.
typed-muted-already = { $name } is muted already.
typed-let-them-speak-again = To let them speak again, { $unmute }.
typed-not-muted = { $name } is not muted.
typed-see-who = To see who is, { $who }.
# Somebody who is to lead is away, or the role isn't to be had.
typed-cant-take-over-from = { $name } can't take over from you now.
typed-choose-somebody-whose-line = Choose somebody whose line is good. Where the group meets through your computer, nobody can take over.
# A point of the agenda without its minutes.
typed-point-agenda-needs-minutes = A point of the agenda needs its minutes.
typed-add-one-example = To add one, { $form }. For example, { $example }.
# The floor is to be given to a member who hasn't asked for it.
typed-no-hand-up-does = { $name } has no hand up, and does not ask to speak.
typed-see-who-does-give = To see who does, { $who }; to give { $name } the talking stick, { $stick }.

# Between words one of which is to be typed.
typed-or = {" "}or{" "}
# How a command is typed. $argument: what follows it. $alone: "yes" if it can stand alone.
typed-form = Type /{ $typed }{ $alone ->
    [yes] {" "}by itself, or with { $argument }
   *[no] {" "}{ $argument }
}.
typed-choices-more = { $lead } { $names } and { $more } more.

## verbosity.rs: How much line mode tells of those who speak.

# What is told now.
verbosity-level-1-not-told = Level 1: you are not told who speaks.
verbosity-level-2-told-who = Level 2: you are told who begins to speak.
verbosity-level-3-told-who = Level 3: you are told who begins to speak, and when nobody does.
# Nobody has spoken for a moment.
verbosity-nobody-speaks = Nobody speaks.
# On the screen there is nothing to choose.
verbosity-screen-shows-speakers = The screen always shows who speaks. This is for line mode.

# The members who begin to speak. $count: how many.
verbosity-speak = { $names } { $count ->
    [one] speaks
   *[other] speak
}.

## verify.rs: Comparing the four words, and what is private.

# The mark that every screen carries, at full length and short; both empty outside of the circle.
verify-private-not-verified = private, not verified
verify-not-verified = not verified
verify-comparing-words = comparing words
verify-comparing = comparing
verify-private-verified = private, verified
verify-verified = verified
verify-not-verified-since-joined = not verified since { $name } joined
verify-words-differ-not-private = words differ: not private
verify-not-private = not private
# The same in a sentence.
verify-four-words-not-compared = The four words have not been compared yet.
verify-four-words-being-compared = The four words are being compared.
verify-everybody-compared-four-words = Everybody here has compared the four words: the group is verified.
verify-group-not-verified-since = The group is not verified since { $name } joined.
verify-somebody-different-words-group = Somebody has different words: the group is not private.
# What to do with the words, in one sentence.
verify-read-these-four-words = Read these four words aloud, slowly, in this order.
verify-reads-four-words-aloud = { $reader } reads four words aloud. If you hear exactly these, { $same }; if not, { $differ }.
verify-thank-others-still-comparing = Thank you. The others are still comparing.
verify-facilitator = The facilitator
# Before the words are known.
verify-words-come = The words will be here in a moment.
# How it ended: what it means, and what to do next.
verify-all-hear-same-words = All { $count } hear the same words: nobody stands between you.
verify-does-not-cover-anybody = This does not cover anybody who joins later; compare again then.
verify-hear-same-words-others = { $same } of { $of } hear the same words; the others have not answered.
verify-nothing-wrong-facilitator-can = Nothing is wrong with that. The facilitator can compare again at any time.
# What to do when the words differ.
verify-somebody-different-words-stranger = Somebody has different words, so a stranger may be listening.
verify-please-say-nothing-private = Please say nothing private from here on.
verify-if-somebody-misheard-facilitator = If somebody misheard, the facilitator can compare once more.
verify-otherwise-close-group-open = Otherwise close this group and open a new one at another relay, with the new code sent another way, for example by telephone.
# The comparison begins, for me if I take part.
verify-four-words-about-compared = The four words are about to be compared. Yours come in a moment.
verify-about-read-four-words = { $name } is about to read four words aloud; please be quiet and listen. Yours come in a moment.
# The words in a sentence.
verify-words = The words: { $words }.
# I have answered.
verify-told-others-words-same = You have told the others that your words are the same.
verify-told-others-words-different = You have told the others that your words are different.
# What a listener said.
verify-hears-same-words = { $name } hears the same words.
verify-hears-different-words = { $name } hears different words.
# What this version protects and what it doesn't, one sentence each.
verify-what-say-write-sealed = What you say and write is sealed on your computer, and only the members of the group can open it.
verify-whoever-runs-relay-cant = Whoever runs the relay can't listen in or read along, but sees network addresses and who talks when.
verify-ingle-itself-records-nothing = ingle itself records nothing, neither here nor there.
# The same in a line, and how to read more.
verify-read-more = { $explain_privacy } To read more, { $privacy }.
# All of it, on request.
verify-only-members-group-can = Only the members of the group can hear the voices, and see names, messages, hands and answers: all of it is sealed from member to member.
verify-relay-carries-all-but = The relay carries all of this, but can't open it. It sees network addresses, how many you are, when each of you talks and roughly how loudly, and that the facilitator admits, removes, mutes, locks or closes. It can also refuse its service.
verify-comparing-four-words-adds = Comparing the four words adds certainty: if all of you hear the same words from the facilitator's own voice, nobody stands between you and listens in.
verify-ingle-records-nothing-computer = ingle records nothing, on your computer or on the relay. No program can prevent another member from remembering what you say, or from recording it by other means.
# The words to compare could not be made.
verify-computer-too-little-free = This computer has too little free memory to make the words.
verify-please-close-other-programs = Please close other programs, and ask to compare again.

# How far a comparison of words is. $missing: the members whose answer is missing.
verify-progress = { $done } of { $of } have answered.
verify-progress-missing = { $done } of { $of } have answered; not yet: { $missing }.

## qr.rs: The invitation: copying it, and showing it to a camera.


qr-copy-invite-help = Copy what others need to join, and see it.
qr-copy = copy
qr-copy-help = On the invitation: copy it.
qr-copy-short = copy the short one
qr-copy-short-help = On the invitation: copy the short form, for a text message.
qr-picture = QR code
qr-picture-help = On the invitation: show its link as a QR code, for a camera.
qr-copy-command = Copies the invitation, or its short form, to the clipboard if your terminal allows it.
qr-copied = Sent to the clipboard. Terminals don't tell whether they took it: if you paste and something else comes, mark the text below and copy it as you would elsewhere.
qr-copied-short = The short form was sent to the clipboard. Terminals don't tell whether they took it: if you paste and something else comes, mark the text below and copy it as you would elsewhere.
qr-copied-in-sentences = Sent to the clipboard. Terminals don't tell whether they took it. If you paste and something else comes, { $see } to see the text.
qr-no-clipboard = Nothing can be copied from here. To see the invitation, { $see }.
qr-heading = For a camera: the link that joins
# $columns, $rows: numbers.
qr-too-narrow = The QR code needs a window of { $columns } columns and { $rows } rows. Make the window larger or its letters smaller, or send the link instead:
qr-no-picture = There is no QR code for this. Please send the invitation as text.


## search.rs: Looking for something in the help.


search-begin = search
search-begin-help = In the help: look for a word, such as mute or vote.
search-done = done
search-done-help = Keep what was found, and read it.
search-stop = all again
search-stop-help = Show all of the help again.
# Before what is looked for.
search-heading = Search:
search-nothing = Nothing here has "{ $wanted }" in it. Try a shorter word, or another one.
search-all-commands = To see every command, { $help }.


## cue.rs: Soft sounds.


cue-heading = Soft sounds
cue-on = On: when somebody comes or leaves, and when it's your turn
cue-off = Off


## theme.rs: Themes: the colours of the screen.


# After "It can be": what a colour can be.
theme-name-of-color = a name such as green
theme-nearest = Perhaps you meant { $nearest }.
theme-there-are = There are { $names }, or a file of your own: ingle config theme prints one to begin with.
theme-none = There is no theme called “{ $chosen }”, and no such file.
# $parts: names of colours in a file; $least: a number.
theme-hard-to-read = Your theme is hard to read for some: { $parts }. The contrast is { $least } to 1, and 4.5 is what text needs.


## tour.rs: The tour through a rehearsal, as a practice member writes it: at most 80 letters each.


tour-offer = For a tour of two minutes, write to us: tour
tour-welcome = Welcome to the tour. We show you one thing at a time.
tour-ways = To leave a step out, write: skip. To end the tour, write: stop
tour-proposal = Tea after this
tour-open = To open your microphone, { $mic }.
tour-close = Now close it again: { $mic }.
tour-hand = To raise your hand, { $hand }.
tour-help = To see what you can do, { $help }.
tour-round = To begin a round, { $round }.
tour-finish = It begins with you. To finish your turn, { $done }.
tour-end = To end the round early, { $round }.
tour-vote = Bo asks for a vote. For yes, { $ballot }.
tour-open-seen = Good. While it is open, we hear you.
tour-close-seen = Good. Now nobody hears you.
tour-hand-seen = We see your hand. The same way lowers it.
tour-help-seen = Good. It begins with what you can do at that moment.
tour-round-seen = A round: each of us has a turn.
tour-finish-seen = Thank you. The next one has the word.
tour-end-seen = The round is over.
tour-vote-seen = Your vote is in.
tour-skipped = We leave that out.
tour-over = That was the tour. To take it again, write: tour
tour-stopped = The tour ends here. To take it again, write: tour


## help.rs: What `ingle --help`, the manual pages and the file of settings say of commands and options.


# Commands: what each does, without a full stop, since they stand in lists.
help-ingle = Meet by voice in the terminal: a code opens a group, and a code lets you in
help-ingle-long =
    { help-ingle }.

    Without a command, ingle asks what you would like to do.
help-host = Open a group, get a code for the others, and let them in
help-join = Join a group with the code you were given
help-rehearse = Try everything with a practice group, alone and offline
help-config = Show your settings and where each comes from, or begin a file of them
help-config-init = Write a file with every setting explained and none of them set
help-config-theme = Print a theme, the colours of the screen, to begin your own with
help-doctor = Look at sound, terminal, relay and clock, and say what to do where something is wrong
help-completions = Print what a shell needs to complete ingle's commands
help-man = Print the manual page, or write all of them
help-help-command = Show the help of ingle, or of a command

# Options and arguments: what each does, without its last full stop, which is added. What is typed stays as it is.
help-help = Show this help
help-version = Show the version
help-home-plain = Ask in sentences instead of on a screen, for screen readers
help-ascii = Draw with plain letters and signs only
help-language = The language that ingle speaks; otherwise the one that your system asks for
help-home-theme = The colours of the screen: dark, light, ember, paper, contrast, or a file of your own
help-config-json = One JSON object instead of a table, for programs
help-force = Replace a file that is there; it is kept beside the new one
help-theme-name = Which of those that come with ingle
help-doctor-relay = The relay to call; otherwise the one used last
help-doctor-mic = The microphone to look for
help-doctor-speaker = The speaker to look for
help-doctor-json = One JSON object instead of sentences, for programs
help-shell = For which shell
help-man-command = The page of this command; otherwise that of ingle itself
help-dir = Write all pages into this directory instead
help-host-relay = The relay to meet at; without it, this computer is the relay while you host
help-accept-relay-key = The relay's new key, if it has changed, as told to you by whoever runs the relay
help-listen = Where this computer listens when it is the relay: a port, or an address or name of this computer before it; otherwise 4433
help-host-no-discovery = Don't let people on this computer's network find its relay by themselves
help-no-port-mapping = Don't ask the router to let people in from outside
help-check-via = A relay elsewhere that tests whether people from outside can reach this computer
help-also-via = Send and receive over this network interface too, beside the usual one: what comes first is heard. Takes twice the data
help-title = What the group is called
help-charter = The group's ground rules: facilitated, shared or peer, or a file of your own
help-when = When the group meets, for the invitation
help-help-number = Whom those who can't get in may call, for the invitation
help-new = Begin a new group without a question, even if ingle ended without a goodbye while you hosted one
help-open-door = Let in everybody who has the code, without asking
help-code = The code, or the whole invitation; asked for if left out, which keeps it from others on this computer
help-join-relay = The relay to meet at, if the invitation does not say; otherwise the one used last, or one on this network
help-join-no-discovery = Don't look for a relay on this computer's network
help-tour = Begin with a tour of two minutes: talk, mute, raise a hand, take part in a round and in a vote
help-name = The name the others see
help-mic = Microphone: part of its name, file:PATH.wav (file:PATH.wav,loop plays it again and again), or null
help-speaker = Speaker: part of its name, file:PATH.wav, or null
help-open-mic = Start with the microphone open
help-cues = Soft sounds when somebody comes or leaves and when it's your turn: on, off, or auto, which is off where sound goes to a file
help-on-unplug = When your headphones are unplugged: pause, so that nobody near you hears the group, or continue from the loudspeaker
help-plan = How your voice is sent: thin uses the least data, full has the least delay
help-chain = What is done with your voice before it is sent: echo and noise are taken out, the level is evened; headset and speakers say what you listen with, off does nothing
help-cpu = How much of this computer sound may take: low suits an old one, high is the best sound
help-plain = Sentences instead of a screen, for screen readers
help-json = One JSON object a line instead of a screen, for programs
help-theme = The colours of the screen: dark, light, ember, paper, contrast, or a file of your own, as ingle config theme prints one
help-notify = The sign when something waits for you, such as your turn or somebody at the door; it names nobody
help-bind = Another key for what one does: hand=h, or mic=f5; once for each. The page on keys has all names
help-seconds = Leave after this many seconds

# Behind what an option does: what it can be, what it is without, and which variable of the environment sets it.
help-one-of = One of { $names }.
help-otherwise = Otherwise { $value }.
help-environment = Can also be set as { $name }.

# Headings.
help-usage = Usage:
help-any-options = [OPTIONS]
help-commands = Commands
help-arguments = Arguments
help-options = Options

# Headings of manual pages, in capitals.
help-man-name = NAME
help-man-synopsis = SYNOPSIS
help-man-description = DESCRIPTION
help-man-commands = COMMANDS
help-man-extra = EXAMPLES
help-man-version = VERSION

# What stands for a value, in capitals and without blanks.
help-value-host-port = HOST:PORT
help-value-key = KEY
help-value-addr-port = ADDR:PORT
help-value-interface = INTERFACE
help-value-text = TEXT
help-value-file = FILE
help-value-number = NUMBER
help-value-a-code = CODE
help-value-a-name = NAME
help-value-device = DEV
help-value-choice = CHOICE
help-value-a-language = LANGUAGE
help-value-name-or-file = NAME|FILE
help-value-action-key = ACTION=KEY
help-value-n = N
help-value-a-shell = SHELL
help-value-a-command = COMMAND
help-value-directory = DIR


## examples.rs: Under the help of each command of the program: how it is used. At most 80 columns; what is typed stays as it is.


examples-ingle =
    Examples:
      ingle                                begin here if you are new
      ingle join 4821-otter-lamp-violin    join with a code you were given
      ingle host --title "Tuesday group"   open a group and get a code for it
      ingle doctor                         see whether sound and network are well
examples-host =
    Examples:
      ingle host --title "Tuesday group"   this computer is the relay meanwhile
      ingle host --relay relay.example:4433
                                           meet at a relay that is always there
      ingle host --when "Tuesday 19:00" --help-number "020 7946 0000"
                                           say more in the invitation
examples-join =
    Examples:
      ingle join                           ask for the code, so that no one sees it
      ingle join 4821-otter-lamp-violin    with the code you were given
      ingle join 4821-otter-lamp-violin --relay relay.example:4433
                                           at the relay the invitation names
      ingle join --plain                   in sentences, for screen readers
examples-rehearse =
    Examples:
      ingle rehearse                       practise with five recorded voices
      ingle rehearse --tour                begin with a tour of two minutes
      ingle rehearse --plain               the same in sentences
      ingle rehearse --mic null --speaker null
                                           without sound
examples-config =
    Examples:
      ingle config                         what is set, and where it comes from
      ingle config init                    begin a file of settings
examples-config-init =
    Examples:
      ingle config init                    begin a file of settings
      ingle config init --force            begin anew; the old one stays beside it
examples-config-theme =
    Examples:
      ingle config theme paper > my.toml   begin with one that comes with ingle
      ingle --theme my.toml                and use it
examples-doctor =
    Examples:
      ingle doctor                         with the relay that was used last
      ingle doctor --relay relay.example:4433
                                           with this one
      ingle doctor --json                  for programs
examples-completions =
    Examples:
      ingle completions bash > ~/.local/share/bash-completion/completions/ingle
      ingle completions fish > ~/.config/fish/completions/ingle.fish
examples-man =
    Examples:
      ingle man | man -l -                 read the page of ingle
      ingle man join | man -l -            read the page of ingle join
      ingle man --dir ~/.local/share/man/man1
                                           write all pages


## usage.rs: What is wrong with a command line, and what to do next.


# $word, $option, $one, $other, $what, $help: as they are typed.
usage-no-command = ingle has no command “{ $word }”.
usage-not-known = “{ $word }” isn't known here.
usage-value-missing = { $option } needs a value behind it.
usage-no-value = { $option } can't be “{ $value }”.
usage-can-be = It can be: { $names }.
usage-twice = { $one } is there twice.
usage-not-together = { $one } and { $other } can't be used together.
usage-leave-one-out = Leave one of them out.
usage-missing = This is missing: { $what }.
usage-not-understood = This command can't be understood.
usage-nearest = Perhaps you meant { $nearest }.
usage-see = { $help } shows all that can be written.
