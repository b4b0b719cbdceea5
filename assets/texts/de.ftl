# The sentences of ingle in German. The comments are those of the English catalogue (en.ftl), which says what each is for.
#
# Warm and plain, "du" to one person, "ihr" to the group. Neutral words for people: Mitglied, Person, die Leitung, alle, jemand.
# What a person types and the names of keys stay as they are.
#
# Words, one for one meaning:
#   facilitator, those who lead: die Leitung (leitet)    co-facilitator: Co-Leitung         member: Mitglied
#   circle: Kreis            door: Tür                   knock: anklopfen                   let in: hereinlassen
#   line: Verbindung         (in few letters: Netz)      cut, lost: weg                     seat, place: Platz
#   road: Weg                press, type: drücke, tippe  cancel, leave it: abbrechen, lassen
#   muted: stumm             to mute: stummschalten      talking stick: Redestab            the floor: das Wort
#   hand up: Handzeichen     round: Runde                your turn: du bist dran            pass: weitergeben
#   check-in, check-out round: Anfangsrunde, Schlussrunde                                   agenda: Tagesordnung
#   proposal: Vorschlag      agree: zustimmen (dafür)    stand aside: beiseitestehen        block: Veto einlegen
#   vote: Abstimmung         ballot: Stimmzettel         abstain: sich enthalten            minutes: Protokoll
#   ground rules: Grundregeln                            charter: Regelwerk                 sound check: Tonprobe
#   relay: das Relay         invitation: Einladung       vanish: plötzlich weg sein         selected: markiert
#   note: Zettel             verified: geprüft           care: Fürsorge                     look after: sich kümmern

## again.rs: What happened several times within a minute, in one sentence.


# How often it happened within a minute, after the first time. Used by the sentences below.
# $times: a number.
again-often = { $times ->
    [0] wieder
    [1] wieder
    [2] zweimal
    [3] dreimal
    [4] viermal
    [5] fünfmal
    [6] sechsmal
    [7] siebenmal
    [8] achtmal
    [9] neunmal
    [10] zehnmal
    [11] elfmal
    [12] zwölfmal
   *[other] { $times }-mal
}
# $on: "yes" if the member is here now.
again-circle = { $name } ist { again-often } hereingekommen. { $on ->
    [yes] { $name } ist jetzt da.
   *[no] { $name } ist weg.
}
again-removed = { $name } wurde { again-often } aus der Gruppe genommen.
# $on: "yes" if it is so now, here and below.
again-line = Die Verbindung von { $name } war { again-often } unterbrochen. { $on ->
    [yes] Sie ist es noch.
   *[no] Sie ist wieder da.
}
again-losing = Bei { $name } gingen { again-often } Worte verloren. { $on ->
    [yes] Es gehen noch Worte verloren.
   *[no] Die Verbindung ist wieder gut.
}
again-muted = Die Leitung hat { $name } { again-often } stummgeschaltet. { $on ->
    [yes] { $name } ist jetzt stumm.
   *[no] { $name } darf sprechen.
}
again-hand = { $name } hat { again-often } ein Handzeichen gegeben. { $on ->
    [yes] Die Hand ist jetzt oben.
   *[no] Die Hand ist unten.
}
again-asks = { $name } hat { again-often } um das Wort gebeten. { $on ->
    [yes] { $name } bittet noch darum.
   *[no] { $name } bittet nicht mehr darum.
}
again-knock = { $name } hat { again-often } angeklopft. { $on ->
    [yes] { $name } steht an der Tür.
   *[no] { $name } steht nicht mehr an der Tür.
}
again-agrees = { $name } hat den Grundregeln { again-often } zugestimmt.
again-here = { $name } hat { again-often } ein stilles Zeichen gegeben.
again-applause = { $name } hat { again-often } applaudiert.
again-help = { $name } hat { again-often } um Hilfe gebeten. Das sieht nur die Leitung.
again-vanished = { $name } war { again-often } plötzlich weg.
again-seen-to = Um { $name } hat sich { again-often } jemand gekümmert.
again-behind = { $name } war { again-often } im Rückstand. { $on ->
    [yes] { $name } ist jetzt im Rückstand.
   *[no] { $name } hört alles wieder sofort.
}
again-vote = { $name } hat { again-often } abgestimmt.
again-minutes = { $name } hat { again-often } geantwortet, ob das Protokoll stimmt.
again-ballot = { $name } hat { again-often } Stimmzettel geschickt, die nicht gültig sind.
again-overstepped = { $name } hat { again-often } etwas ohne das Ja der Gruppe getan.
again-no-mic = Das Mikrofon von { $name } war { again-often } weg. { $on ->
    [yes] Es ist noch weg.
   *[no] Es geht jetzt.
}
again-role = { $name } hat { again-often } eine andere Rolle bekommen.

## attention.rs: What is worth a sign outside of the window. It names nobody: others may see it.

# The sentence for something that waits for this person; none for most of what happens.
attention-turn = Du bist dran.
attention-next-speak = Du sprichst als Nächstes.
attention-break-over = Die Pause ist vorbei.
attention-somebody-door = Jemand steht an der Tür.
attention-somebody-asks-help = Jemand bittet um Hilfe.
attention-private-message = Du hast eine private Nachricht.
attention-circle = Du bist im Kreis.

## ballot.rs: Secret votes, in sentences.

# What a voter must know in a secret vote with few others.
ballot-few = Ihr seid so wenige, dass das Ergebnis verraten kann, wie jemand gestimmt hat.
# What I hear when my vote is in.
ballot-vote-in = Deine Stimme ist abgegeben. Niemand kann sie sehen. Du kannst sie ändern, bis alle abgestimmt haben.
# The time to vote is over, and the result comes in a moment.
ballot-counting = Alle Stimmzettel sind da und werden gezählt.
# What is said when a secret vote opens.
ballot-nobody-sees-how-anybody = Niemand sieht, wie jemand abstimmt, nur die Summen.
# A member's program has sent what doesn't count.
ballot-program-sent-ballot-not = Das Programm von { $name } hat einen ungültigen Stimmzettel geschickt. Er zählt nicht.
# A secret vote came to nothing, and what can be done: without those of these names it can't be counted.
ballot-ask-group-again-make = Um die Gruppe noch einmal zu fragen, mach einen neuen Vorschlag: { $propose }.
ballot-too-few-voted-keep = Zu wenige haben abgestimmt, um die Stimmen geheim zu halten. Deshalb wurde nichts gezählt.
ballot-please-dont-simply-vote = Bitte stimmt nicht einfach noch einmal genauso ab: Zwei Summen könnten verraten, wie eine Person gestimmt hat.
ballot-ballots-did-not-add = Die Stimmzettel gingen nicht auf. Deshalb wurde nichts gezählt.

# The time to vote is over, in a line, and shorter.
ballot-counted-now = die Stimmzettel werden gezählt
ballot-counted-now-short = wird gezählt
# How far a secret vote is. $few: "yes" if there are so few voters that they should know.
ballot-turnout = { $voted } von { $of } haben abgestimmt{ $few ->
    [yes] ; bei so wenigen kann das Ergebnis verraten, wer wie gestimmt hat
   *[no] {""}
}
# The same in one line of a small screen.
ballot-turnout-short = { $voted } von { $of } { $few ->
    [yes] da: bei so wenigen kaum geheim
   *[no] haben abgestimmt
}
# $names: the members who are missing, and $count how many.
ballot-missing = Beim Zählen { $count ->
    [one] fehlt
   *[other] fehlen
} { $names }. Die geheime Abstimmung kann deshalb nicht gezählt werden.

## behind.rs: Hearing what was missed, some seconds behind what is said now.

# What I hear is live again.
behind-live-again = Du hörst alles wieder sofort.
# A member hears what is live.
behind-hears-everything-again-said = { $name } hört alles wieder sofort.

# $behind: one of the next two.
behind-me = Du bist { $behind }. Du hörst jetzt etwas schneller, was du verpasst hast. Um es zu überspringen, { $skip }.
behind-member = { $name } ist { $behind } und hört jetzt das Verpasste.
behind-minutes = Minuten im Rückstand
behind-seconds = { $seconds ->
    [one] { $seconds } Sekunde im Rückstand
   *[other] { $seconds } Sekunden im Rückstand
}

## care.rs: What is for a few eyes only, and looking after each other.

# The sentence for an event about care; `None` if it's about a member who has left, or an alarm that is over.
care-once-somebody-looked-after = Sobald sich jemand um { $name } gekümmert hat, { $handled }.
care-asks-help-only-those = { $name } bittet um Hilfe. Das sieht nur die Leitung. { $done }
# A private word came.
care-only-from = Nur an dich, von { $from }: { $text }
# My private word is with them.
care-only-from-2 = Nur an { $to }, von dir: { $text }
# A line as it stands among what was written.
care-only = (nur an dich) { $text }
care-only-2 = (nur an { $to }) { $text }
# A private word that reached nobody, and went to nobody else.
care-gone-words-reached-nobody = { $name } ist weg. Deine Worte haben niemanden erreicht.
care-nobody-else-seen-them = Niemand sonst hat sie gesehen. Du hast geschrieben: „{ $text }“.
# My own call for help is out.
care-help-sent = Die Leitung weiß Bescheid, sonst niemand. Du musst jetzt nichts sagen.
# Somebody has given a quiet sign.
care-told-others = Du hast den anderen gezeigt, dass du da bist.
care-quietly = { $name } ist still dabei.
care-applaud-others-see = Du applaudierst; die anderen sehen es.
care-applauds = { $name } applaudiert.
# A quiet sign beside a name.
care-is-here = ist da
care-applauds-2 = applaudiert
# An alarm was seen to, by somebody who leads.
care-looked-after = { $by } hat sich um { $name } gekümmert.
# What is to be done if somebody vanishes, for those who lead.
care-if-vanishes-nothing-needs = Wenn { $name } plötzlich weg ist, muss nichts getan werden.
care-if-vanishes-only-those = Wenn { $name } plötzlich weg ist: { $text }. Das sieht nur die Leitung.
# Somebody has left a note at the door, for those who lead.
care-note-from-only-those = Ein Zettel von { $name }, nur für die Leitung: { $text }
# My own note is with the door.
care-note-sent = Dein Zettel ist bei der Leitung und sonst bei niemandem. Er ist weg, wenn die Gruppe endet.

# Somebody vanished; for those who lead. $text: what the person wanted to be done. $back: "yes" if somebody of that name is here again.
care-vanished-do = { $name } ist plötzlich weg{ $back ->
    [yes] , und jemand mit diesem Namen ist seitdem hereingekommen
   *[no] {""}
}. Was zu tun ist: { $text }.
care-vanished = { $name } ist plötzlich weg{ $back ->
    [yes] , und jemand mit diesem Namen ist seitdem hereingekommen
   *[no] {""}
}. Niemand hat gesagt, was dann zu tun ist.
# The same in one line of a small screen.
care-vanished-do-short = { $name } ist weg{ $back ->
    [yes] {" "}(zurück?)
   *[no] {""}
}: { $text }
care-vanished-short = { $name } ist weg{ $back ->
    [yes] {" "}(zurück?)
   *[no] {""}
}

## charter.rs: The charter: what a group holds itself by, in sentences, and what is wrong with one that can't be read.

# What a group holds itself by, a sentence or two each.
charter-mute-all-ends-by = Sind alle stumm, endet das nach { $time } von selbst.
charter-two-members-must-say = Zwei Mitglieder müssen Ja sagen, bevor jemand hereinkommt.
charter-any-time-members-can = Die Mitglieder können jederzeit per Abstimmung die Leitung wechseln oder diese Regeln ändern.
charter-if-no-facilitator-left = Ist niemand mehr da, der leitet, übernimmt den Vorsitz, wer am längsten da ist.
charter-if-no-facilitator-left-role = Ist niemand mehr da, der leitet, übernimmt das Mitglied, das als Nächstes gekommen ist.
# What a power does.
charter-mute-one = jemanden stummschalten
charter-mute-all = alle stummschalten
charter-lock-door = die Tür abschließen
charter-remove-member = ein Mitglied entfernen
charter-end-group = die Gruppe beenden
charter-lead-turns = Runden leiten
charter-call-vote = abstimmen lassen
charter-name-co-facilitators = Co-Leitungen ernennen
# What is wrong with a point of a charter, and what it could be.
charter-charter-no-point-called = In einem Regelwerk gibt es keinen Punkt „{ $point }“.
charter-can-say = Es gibt: { $value }.
charter-cant = „{ $point }“ kann nicht „{ $written }“ sein.
charter-can = Es kann sein: { $allowed }.
# A value that is a list.
charter-a-list = eine Liste
# A value that is a table.
charter-a-table = eine Tabelle
# A value that is something else than a text or a number.
charter-no-word = etwas anderes als ein Wort
# The same, in a file.
charter-line-charter = Zeile { $line } im Regelwerk { $name }: { $message }
# A file that can't be read.
charter-no-charter-called-no = Es gibt kein Regelwerk „{ $name }“ und keine solche Datei.
charter-not-allowed-read-charter = Du darfst das Regelwerk { $name } nicht lesen.
charter-charter-cant-read = Das Regelwerk { $name } kann nicht gelesen werden.
charter-choose-facilitated-shared-peer = Wähle facilitated, shared oder peer, oder gib den Pfad zu einer Datei mit einem Regelwerk an.
# A file that is far longer than any charter.
charter-file-too-long-charter = Die Datei { $name } ist zu lang für ein Regelwerk.
charter-please-check-right-file = Bitte prüfe, ob es die richtige Datei ist.
# A file that is no TOML, from some line on.
charter-write-name-equals-sign = Schreib einen Namen, ein Gleichheitszeichen und einen Wert in Anführungszeichen: lobby = "two yeses".

# $deeds: several of the deeds below, such as "mute all and lock the door".
charter-facilitator-may = Nur die Leitung darf { $deeds }.
charter-group-may = Nur mit dem Ja der Gruppe darf die Leitung { $deeds }.
charter-everybody-may = Alle dürfen { $deeds }.
# What a vote needs.
charter-needs-more-yes = mehr Ja als Nein
charter-needs-two-yes = zweimal Ja für jedes Nein
charter-needs-consensus = { $against ->
    [0] niemanden dagegen
    [one] höchstens eine Person dagegen
   *[other] höchstens { $against } dagegen
}
# $vote: one of the three above.
charter-decided = Die Gruppe sucht zuerst Einigkeit. Eine Abstimmung braucht { $vote }, und die halbe Gruppe muss mitstimmen.
# After how long everybody may speak again.
charter-minutes = { $minutes ->
    [one] einer Minute
   *[other] { $minutes } Minuten
}
charter-seconds = { $seconds ->
    [one] { $seconds } Sekunde
   *[other] { $seconds } Sekunden
}
# A file of ground rules that can't be read, from a line on if that is known.
charter-odd-line = Zeile { $line } im Regelwerk { $name } ist nicht zu verstehen.
charter-odd = Das Regelwerk { $name } ist nicht zu verstehen.

## code.rs: The prompt for a code: what is said while it is typed.

# What the prompt says.
code-code-prompt = Dein Code oder die ganze Einladung:{" "}
# The same where there is little room.
code-code-prompt-short = Code:{" "}
# Under the prompt before anything is typed.
code-four-digits-three-words = Vier Ziffern und drei Wörter, wie 4821-otter-lamp-violin. Tab ergänzt ein Wort.
# What was typed doesn't begin with a number as codes do.
code-code-begins-four-digits = Ein Code beginnt mit vier Ziffern, und die erste ist nicht 0. Bitte prüfe sie.
# No word that codes are made of begins so.
code-no-word-code-begins = Kein Wort in einem Code beginnt mit „{ $typed }“. Bitte prüfe es; die Rücktaste löscht Buchstaben.
# A word that was ended before it was clear which one it is.
code-could-first-three-letters = „{ $typed }“ könnte { $choice } sein. Die ersten drei Buchstaben genügen.
# There are words enough.
code-code-only-three-words = Ein Code hat nur drei Wörter.
# Tab was pressed where there is nothing to complete.
code-type-letter-two-word = Tippe ein oder zwei Buchstaben des Wortes, dann Tab.
# The code is whole.
code-code-complete-press-enter = Der Code ist vollständig. Weiter mit Enter.

# $words: words of a code, in a row.
code-words-and-more = { $words } und { $more } weitere

## commands.rs: The commands that can be typed, and what each of them does.

# What the command does, in a sentence or two for the help.
commands-opens-closes-microphone = Öffnet oder schließt dein Mikrofon.
commands-raises-hand-lowers = Gibt ein Handzeichen oder nimmt es zurück.
commands-lists-who-who-speaking = Zeigt, wer da ist, wer spricht und wer ein Handzeichen gibt.
commands-shows-how-good-line = Zeigt, wie gut deine Verbindung ist und wie viele Daten sie verbraucht hat.
commands-shows-what-others-need = Zeigt, was andere brauchen, um mitzumachen.
commands-agrees-proposal-minutes-door = Stimmt dem Vorschlag oder dem Protokoll zu; an der Tür den Grundregeln.
commands-door-checks-sound-nothing = An der Tür: macht eine Tonprobe. Nichts wird gesendet.
commands-shows-ground-rules = Zeigt die Grundregeln.
commands-explains-what-private-what = Erklärt, was privat ist und was das Relay sehen kann.
commands-when-words-compared-yours = Beim Vergleich der Wörter: Deine sind gleich.
commands-when-words-compared-yours-different = Beim Vergleich der Wörter: Deine sind anders.
commands-shows-what-can-do = Zeigt, was du tun kannst.
commands-leaves-group-which-goes = Verlässt die Gruppe; sie geht ohne dich weiter. Wer leitet, übergibt an NAME oder an die nächste Person.
commands-lets-someone-who-waiting = Lässt jemanden herein, der an der Tür wartet.
commands-turns-away-someone-who = Weist jemanden ab, der an der Tür wartet.
commands-mutes-member-everybody-but = Schaltet ein Mitglied stumm, oder alle außer dir für drei Minuten; die Grundregeln können anderes sagen.
commands-lets-muted-member-speak = Lässt ein stummes Mitglied wieder sprechen, oder alle.
commands-locks-door-nobody-can = Schließt die Tür ab, sodass niemand anklopfen kann.
commands-unlocks-door = Schließt die Tür auf.
commands-removes-member-from-group = Entfernt ein Mitglied aus der Gruppe.
commands-lets-one-more-person = Lässt nach zu vielen falschen Versuchen noch eine Person den Code probieren.
commands-changes-words-code-everybody = Ändert die Wörter des Codes. Wer drinnen ist, bleibt drinnen.
commands-compares-four-words-everybody = Vergleicht vier Wörter mit allen, um sicher zu sein, dass niemand mithört.
commands-ends-group-everybody-once = Beendet die Gruppe für alle, sobald das Protokoll vorgelesen ist.
commands-gives-member-role-whoever = Gibt einem Mitglied eine Rolle. Wer leitet, kann auch zurücktreten.
commands-while-no-facilitator-chooses = Solange niemand leitet: wählt, wer leiten soll, NAME oder du. Mehr als die Hälfte entscheidet.
commands-takes-group-back-after = Übernimmt die Gruppe wieder, nachdem deine Verbindung weg war.
commands-gives-member-who-back = Gibt einem Mitglied, das zurück ist, Platz, Stimme und Rolle wieder.
commands-asks-facilitator-let-speak = Bittet die Leitung um das Wort, auch wenn du stumm bist, oder nimmt die Bitte zurück.
commands-passes-talking-stick-puts = Gibt den Redestab weiter oder legt ihn ab. Nur wer ihn hat, ist zu hören.
commands-ends-turn-round-facilitator = Beendet deinen Beitrag in einer Runde; die Leitung beendet den, der gerade läuft.
commands-passes-turn-round = Gibt in einer Runde weiter, ohne etwas zu sagen.
commands-moves-turn-end-round = Verschiebt dich ans Ende der Runde.
commands-agrees-keep-everybody-muted = Stimmt zu, dass alle länger stumm bleiben, wenn danach gefragt wird. Die meisten müssen zustimmen.
commands-tells-others-back-from = Zeigt den anderen, dass du aus der Pause zurück bist.
commands-shows-agenda-facilitator-can = Zeigt die Tagesordnung. Die Leitung kann einen Punkt anfügen, weitergehen oder sie leeren.
commands-gives-floor-next-person = Gibt das Wort an das nächste Handzeichen oder an NAME.
commands-puts-raised-hands-order = Ordnet Handzeichen nach der Reihenfolge, oder wer am wenigsten zu hören war, zuerst.
commands-begins-round-gentle-reminder = Beginnt eine Runde, mit sanfter Erinnerung nach SECONDS für alle, oder beendet sie.
commands-begins-break-ends = Beginnt eine Pause oder beendet sie.
commands-sets-when-group-time = Legt fest, wann die Zeit der Gruppe um ist. Alle erfahren es dann, und fünf Minuten davor.
commands-proposes-something-group = Schlägt der Gruppe etwas vor.
commands-changes-proposal-everybody-answers = Ändert deinen Vorschlag. Alle antworten neu.
commands-withdraws-proposal = Zieht deinen Vorschlag zurück.
commands-stands-aside-dont-agree = Steht beiseite: Du bist nicht dafür, hältst es aber nicht auf.
commands-blocks-proposal-says-why = Legt ein Veto ein und sagt, warum du nicht mitgehen kannst.
commands-asks-everybody-whether-agreement = Fragt alle, ob ihr euch einig seid.
commands-puts-proposal-vote-facilitator = Lässt über den Vorschlag abstimmen. Die Leitung kann beenden, sobald die Hälfte abgestimmt hat.
commands-casts-vote = Gibt deine Stimme ab.
commands-asks-group-vote-role = Lässt über eine Rolle abstimmen; auch charter, rotate, remove NAME, mute NAME, lock oder close.
commands-shows-minutes-facilitator-reads = Zeigt das Protokoll. Die Leitung liest es allen vor.
commands-keeps-minutes-file-computer = Legt das Protokoll in einer Datei auf diesem Computer ab, sobald es vorgelesen ist.
commands-shows-what-proposed-answers = Zeigt, was vorgeschlagen ist und welche Antworten es gibt.
commands-while-catch-up-what = Während du Verpasstes nachhörst: überspringt den Rest.
commands-asks-those-who-lead = Bittet die Leitung um Hilfe. Sonst sieht es niemand.
commands-writes-one-member-nobody = Schreibt an ein Mitglied und sonst an niemanden.
commands-tells-others-without-saying = Zeigt den anderen, dass du da bist, ohne etwas zu sagen.
commands-applauds-without-sound-others = Applaudiert ohne Ton. Die anderen sehen es einen Moment lang.
commands-tells-those-who-lead = Sagt der Leitung, was zu tun ist, wenn du plötzlich weg bist: dein eigener NAME; wenn du leitest, jeder.
commands-those-who-lead-name = Für die Leitung: Um NAME, plötzlich weg oder in Not, hat sich jemand gekümmert.
commands-lists-microphones-changes-another = Zeigt die Mikrofone oder wechselt zu einem anderen: Nummer oder ein Teil des Namens.
commands-lists-speakers-changes-another = Zeigt die Lautsprecher oder wechselt zu einem anderen: Nummer oder ein Teil des Namens.
commands-lets-hear-member-louder = Lässt dich ein Mitglied lauter oder leiser hören. Sonst merkt es niemand.
commands-shows-how-much-data = Zeigt, wie viele Daten deine Stimme braucht, oder ändert es, während du sprichst.
commands-goes-aloud-after-headphones = Macht laut weiter, nachdem dein Kopfhörer herausgezogen wurde.
commands-line-mode-2-tells = Im Zeilenmodus: 2 sagt dir, wer zu sprechen beginnt, 3 auch, wenn niemand spricht; 1 keins von beiden.
commands-door-leaves-note-those = An der Tür: hinterlässt der Leitung einen Zettel, zum Beispiel, wen sie anrufen soll.
# After all commands: what any other line does.
commands-other-lines = Jede andere Zeile geht an alle.

## cpu.rs: What sound costs this computer.

# The computer has too little time, and voices sound plainer.
cpu-busy = Dein Computer ist ausgelastet. Stimmen klingen deshalb gerade schlichter.
# It has time again, after a long while.
cpu-busy-over = Dein Computer hat wieder Zeit. Stimmen klingen wieder wie vorher.

## decide_panel.rs: The words on the panel for what the group decides.

# Above a proposal.
decide-panel-proposal-by = Vorschlag von { $name }
# Beside that: how far it is, or how many more there are.
decide-panel-agreement = seid ihr euch einig?
decide-panel-no-agreement-yet = noch nicht einig
decide-panel-more-after = danach noch { $waiting }
# What I have said.
decide-panel-answer = deine Antwort: { $answer }
decide-panel-open-vote = Offene Abstimmung
decide-panel-secret-vote = Geheime Abstimmung
# Above a vote.
decide-panel-proposed-by = { $kind }, von { $name }
# How an open vote stands.
decide-panel-yes-no-abstain-waiting = ja { $yes }   nein { $no }   enthalten { $abstain }   offen { $waiting }
# What I have voted.
decide-panel-vote = deine Stimme: { $value }
# Whether I have voted in secret.
decide-panel-vote-not-yet = deine Stimme: noch nicht
decide-panel-vote-2 = deine Stimme: abgegeben
# To a member who came after the vote had begun.
decide-panel-began-before = sie begann, bevor du kamst
# Above the minutes.
decide-panel-group-coming-close = Die Gruppe kommt zum Schluss
decide-panel-close-minutes-right = Zum Schluss: Stimmt das Protokoll?
decide-panel-minutes-right = Stimmt das Protokoll?
# What the group has said of the minutes.
decide-panel-right-not-right-waiting = stimmt { $right }   stimmt nicht { $wrong }   offen { $waiting }
# What I have said of them.
decide-panel-right = stimmt
decide-panel-not-right = stimmt nicht
decide-panel-not-yet = noch keine
decide-panel-answer-2 = deine Antwort: { $mine }
# What is asked of me in one line of several lengths, the longest first; `None` if nothing is. `keys` calls the keys for a command.
decide-panel-yes-no-abstain = { $kind }: { $text } { $yes } ja, { $no } nein, { $abstain } enthalten
decide-panel-vote-3 = Stimme: { $yes } { $no } { $abstain }
decide-panel-proposes-agree-stand-aside = { $name } schlägt vor: { $text } { $agree } dafür, { $aside } beiseite, { $block } Veto
decide-panel-agree = dafür? { $agree } { $aside } { $block }
decide-panel-minutes-read-back-they = Das Protokoll wurde vorgelesen: Stimmt es? { $agree } ja, { $block } nein
decide-panel-minutes-right-yes-no = Stimmt das Protokoll? { $agree } ja, { $block } nein
decide-panel-right-2 = stimmt? { $agree } { $block }
# The same where the row of keys says what to press, in one length.
decide-panel-proposes = { $name } schlägt vor: { $proposal_words }
# Before the keys for a page with all of it.
decide-panel-read = lesen

decide-not-yet = noch keine
# Before what is voted on: "Vote: Tea at four".
decide-vote = Abstimmung
decide-secret-vote = Geheime Abstimmung

## decisions.rs: Proposals, votes and what comes of them, in sentences.

# What a proposal says: its text, or what its motion does. `now` is what the group holds itself by at present.
decisions-takes-facilitator-role = { $text } übernimmt die Leitung.
decisions-becomes-co-facilitator = { $text } übernimmt die Co-Leitung.
decisions-takes-part-member-again = { $text } macht wieder als Mitglied mit.
decisions-ground-rules-change = Die Grundregeln ändern sich: { $changes }
decisions-ground-rules-change-2 = Die Grundregeln ändern sich.
decisions-facilitator-mutes = Die Leitung schaltet { $text } stumm.
decisions-facilitator-takes-out-group = Die Leitung nimmt { $text } aus der Gruppe.
decisions-facilitator-mutes-all = Die Leitung schaltet alle stumm.
decisions-facilitator-locks-unlocks-door = Die Leitung schließt die Tür ab oder auf.
decisions-group-ends = Die Gruppe endet.
decisions-facilitator-goes-ahead = Die Leitung macht weiter.
# All that is proposed, and what is said to it.
decisions-nothing-proposed-moment = Gerade ist nichts vorgeschlagen.
decisions-proposes = { $by } schlägt vor: { $proposed }
decisions-being-voted-far = Die Abstimmung läuft: bisher { $tally }.
decisions-being-voted-secret = Die Abstimmung läuft, geheim.
decisions-comes-after-what-talked = Das kommt nach dem, worüber ihr gerade sprecht.
# What has become of a proposal in a sentence for the screen, where the panel doesn't tell it.
decisions-proposal-before-group-others = Dein Vorschlag liegt der Gruppe vor; die anderen werden gefragt.
decisions-proposes-2 = { $by } schlägt vor: { $what }
decisions-proposes-something-please-answer = { $by } schlägt etwas vor: Bitte antworte.
decisions-agreement-everybody-asked = Seid ihr euch einig? Alle werden gefragt.
decisions-agreed = Beschlossen: { $what }
decisions-withdraws-proposal = { $by } zieht den Vorschlag zurück.
decisions-not-decided = Nicht entschieden: { $what }
decisions-no-agreement-yet-change = Ihr seid euch noch nicht einig. Um den Vorschlag zu ändern, { $amend }; um abzustimmen, { $vote }.
# The same at length, for a face that has no panel.
decisions-agree-stand-aside-block = Um zuzustimmen, { $agree }; um beiseitezustehen, { $aside }; für ein Veto { $block }.
decisions-proposes-comes-after-what = { $by } schlägt vor: { $what } Das kommt nach dem, worüber ihr gerade sprecht.
decisions-now-proposes-please-answer = { $by } schlägt jetzt vor: { $what } Bitte antworte neu.
decisions-answer = Deine Antwort: { $answer }. { $counted }
decisions-agreement = Seid ihr euch einig? { $what }
decisions-agreement-everybody-asked-2 = Seid ihr euch einig? { $what } Alle werden gefragt.
decisions-agreed-2 = Beschlossen: { $what } { $counted }
decisions-withdraws-proposal-2 = { $by } zieht den Vorschlag zurück: { $what }
decisions-decided = Entschieden: { $what }
decisions-no-agreement-yet = Ihr seid euch noch nicht einig: { $what } { $counted }
decisions-change-withdraw-put-vote = Um ihn zu ändern, { $amend }; um ihn zurückzuziehen, { $withdraw }; um abzustimmen, { $vote }.
# A vote begins, for the screen.
decisions-secret-vote = Eine geheime Abstimmung: { $stopped } { $secret_vote }
decisions-vote = Eine Abstimmung: { $what }
# The same at length, for a face that has no panel.
decisions-vote-2 = Eine Abstimmung: { $stopped }
decisions-vote-yes-vote-no = Für Ja { $yes }; für Nein { $no }; für Enthaltung { $abstain }.
# The ground rules have changed.
decisions-rules-changed = Die Grundregeln haben sich geändert.
# The same, and how to read them.
decisions-read-them = { $changed } Um sie zu lesen, { $rules }.
# How many agree, stand aside, block and have not answered; at length, and short.
decisions-agree-stand-aside-block-waiting = dafür { $agree }   beiseite { $aside }   Veto { $block }   offen { $waiting }
decisions-agree-aside-block-waiting = dafür { $agree }  beiseite { $aside }  Veto { $block }  offen { $waiting }
# What the group decides, and nothing is asked of me any more: how far it is, in one line of several lengths, the longest first.
decisions-secret-vote-voted = Geheime Abstimmung: { $voted } von { $of } da
decisions-secret-vote-being-counted = Geheime Abstimmung: wird gezählt
decisions-secret-vote-2 = Geheime Abstimmung: { $turnout }
decisions-vote-yes-no-abstain = Abstimmung: ja { $yes }, nein { $no }, enthalten { $abstain }, offen { $waiting }
decisions-vote-yes-no-abstain-waiting = Abstimmung: ja { $yes } nein { $no } enth. { $abstain } offen { $waiting }
decisions-vote-voted = Abstimmung: { $value } von { $of } da
decisions-minutes-right-not-right = Protokoll: stimmt { $right }, stimmt nicht { $wrong }, offen { $waiting }
decisions-minutes-yet-answer = Protokoll: { $waiting } Antworten fehlen
decisions-group-coming-close = Die Gruppe kommt zum Schluss
# What a member has said to a proposal, in a word or two.
decisions-agree = dafür
decisions-stand-aside = beiseite
decisions-block = Veto
decisions-not-yet = noch keine
# What was voted.
decisions-yes-no-abstained = { $yes } Ja, { $no } Nein, { $abstain } enthalten
# What a facilitator has done without the group's yes.
decisions-by-ground-rules-needs = Nach den Grundregeln braucht das ein Ja der Gruppe, und { $name } hat es ohne getan: { $deed }.

# $vote: one of the next three.
decisions-my-vote = Deine Stimme: { $vote }.
decisions-yes = Ja
decisions-no = Nein
decisions-abstain = Enthaltung
# How the group has answered to a proposal: one of these after the other with commas, and a full stop.
decisions-counted-agree = { $count ->
    [one] { $count } stimmt zu
   *[other] { $count } stimmen zu
}
decisions-counted-aside = { $count ->
    [one] { $count } steht beiseite
   *[other] { $count } stehen beiseite
}
decisions-counted-block = { $count ->
    [one] { $count } mit Veto
   *[other] { $count } mit Veto
}
decisions-counted-waiting = { $count ->
    [one] { $count } hat nicht geantwortet
   *[other] { $count } haben nicht geantwortet
}
# In one line of the screen. $blocks: how many block.
decisions-answered = Vorschlag: { $answered } von { $of } haben geantwortet{ $blocks ->
    [0] {""}
   *[other] , { $blocks } mit Veto
}
decisions-answered-short = Vorschlag: { $answered } von { $of } da{ $blocks ->
    [0] {""}
   *[other] , { $blocks } mit Veto
}
# $tally: "5 yes, 2 no, 1 abstained".
decisions-result = Die Abstimmung ist vorbei: { $tally }. Der Vorschlag ist { $passed ->
    [yes] angenommen
   *[no] nicht angenommen
}.
# A member is against a proposal so much that it can't be agreed to; with the reason in the second.
decisions-blocks = { $name } legt ein Veto ein, ohne Begründung.
decisions-blocks-because = { $name } legt ein Veto ein: { $reason }

## devices.rs: Microphone, speaker and how members are heard: what is wrong, and what helps.

# What is wrong with a microphone, in capitals for the badge: as short as a screen of 40 columns needs it.
devices-no-microphone = DU HAST HIER KEIN MIKROFON
devices-microphone-gone = DEIN MIKROFON IST WEG
devices-another-program-microphone = EIN ANDERES PROGRAMM HAT DAS MIKRO
devices-microphone-not-allowed = DAS MIKROFON IST HIER NICHT ERLAUBT
devices-nothing-comes-from-microphone = VON DEINEM MIKROFON KOMMT NICHTS
devices-microphone-gives-only-silence = DEIN MIKROFON LIEFERT NUR STILLE
devices-computer-mutes-microphone = DEIN COMPUTER SCHALTET DICH STUMM
devices-microphone-asleep = DEIN MIKROFON SCHLÄFT
devices-computer-sound-not = DER TON DEINES COMPUTERS FEHLT
devices-microphone-cant-used = DEIN MIKROFON GEHT NICHT
# The same in a few words, the shortest last.
devices-no-microphone-2 = du hast kein Mikrofon
devices-no-mic = kein Mikro
devices-microphone-gone-2 = dein Mikrofon ist weg
devices-mic-gone = Mikro weg
devices-another-program-microphone-2 = ein anderes Programm hat dein Mikro
devices-mic-use = Mikro belegt
devices-microphone-not-allowed-2 = dein Mikrofon ist nicht erlaubt
devices-mic-not-allowed = Mikro gesperrt
devices-nothing-comes-from-microphone-2 = von deinem Mikrofon kommt nichts
devices-mic-silent = Mikro ohne Ton
devices-computer-mutes-microphone-2 = dein Computer schaltet dich stumm
devices-mic-muted = Mikro stumm
devices-microphone-asleep-2 = dein Mikrofon schläft
devices-mic-asleep = Mikro schläft
devices-computer-sound-not-2 = der Ton deines Computers fehlt
devices-no-sound = kein Ton
devices-microphone-cant-used-2 = dein Mikrofon geht nicht
# What is wrong with a microphone that is to be open, in a sentence.
devices-no-microphone-nobody-hears = Du hast hier kein Mikrofon. Niemand hört dich.
devices-microphone-gone-nobody-hears = Dein Mikrofon ist weg. Niemand hört dich.
devices-another-program-using-microphone = Ein anderes Programm benutzt dein Mikrofon. Niemand hört dich.
devices-computer-does-not-allow = Dein Computer erlaubt das Mikrofon nicht. Niemand hört dich.
devices-microphone-open-but-nothing = Dein Mikrofon ist offen, aber es kommt nichts heraus.
devices-microphone-open-but-only = Dein Mikrofon ist offen, aber es kommt nur Stille heraus.
devices-microphone-muted-by-computer = Dein Mikrofon ist in den Toneinstellungen deines Computers stumm. Niemand hört dich.
devices-computer-put-microphone-sleep = Dein Computer hat dein Mikrofon schlafen gelegt. Niemand hört dich.
devices-computer-sound-not-moment = Der Ton deines Computers ist gerade nicht da. Niemand hört dich.
devices-microphone-cant-used-nobody = Dein Mikrofon geht nicht. Niemand hört dich.
# What helps: a step that nobody but the person can take, and whether another microphone might do.
devices-plug-one = Schließe ein Gerät an
devices-plug = Schließe das Gerät an
devices-close-program = Schließe dieses Programm
devices-allow-computer-settings = Erlaube es in den Einstellungen
devices-unplug-plug-again = Zieh es heraus und stecke es neu an
devices-look-switch = Suche einen Schalter daran
devices-turn-sound-settings = Hebe die Stummschaltung auf
devices-wait-moment = Warte einen Moment
devices-tried-again-by-itself = Es wird von selbst wieder versucht
devices-close-other-programs-use = Schließe andere Programme mit Ton
# My microphone gives sound again.
devices-mic-works = Dein Mikrofon geht wieder.
devices-no-speaker-hear-nothing = Du hast hier keinen Lautsprecher. Du hörst nichts.
devices-speaker-gone-hear-nothing = Dein Lautsprecher ist weg. Du hörst nichts.
devices-another-program-using-speaker = Ein anderes Programm benutzt deinen Lautsprecher. Du hörst nichts.
devices-computer-does-not-allow-sound = Dein Computer erlaubt keinen Ton. Du hörst nichts.
devices-computer-sound-not-hear = Der Ton deines Computers ist nicht da. Du hörst nichts.
devices-computer-sound-turned-off = Der Ton deines Computers ist ausgeschaltet. Du hörst nichts.
devices-speaker-cant-used-hear = Dein Lautsprecher geht nicht. Du hörst nichts.
# The same for a narrow screen.
devices-no-speaker-hear-nothing-2 = Kein Lautsprecher: du hörst nichts
devices-speaker-gone-hear-nothing-2 = Lautsprecher weg: du hörst nichts
devices-speaker-use-hear-nothing = Lautsprecher belegt: du hörst nichts
devices-sound-not-allowed-hear = Ton nicht erlaubt: du hörst nichts
devices-no-sound-hear-nothing = Kein Ton hier: du hörst nichts
devices-sound-turned-off-hear = Ton ist aus: du hörst nichts
devices-speaker-unusable-hear-nothing = Lautsprecher geht nicht: kein Ton
# How my speaker is now, in a sentence or two.
devices-hear-group = Du hörst die Gruppe.
devices-hear-group-from = Du hörst die Gruppe über { $short }.
devices-headphones-unplugged-nothing-played = Dein Kopfhörer wurde herausgezogen. Es wird nichts abgespielt, damit niemand neben dir die Gruppe hört.
devices-microphone-closed-too-plug = Dein Mikrofon ist auch zu. Stecke ihn wieder an, oder { $aloud }, um laut weiterzumachen.
# What keeps me from hearing or being heard and lasts, with what helps, in a row of several lengths, the longest first; `None` if nothing does. That I hear nothing comes first, for the row of the microphone tells of that.
devices-headphones-unplugged-nothing-played-go = Dein Kopfhörer ist heraus: nichts wird abgespielt. { $aloud } laut weiter
devices-headphones-out-go-aloud = Kopfhörer heraus: { $aloud } laut weiter
devices-go-aloud = { $aloud } laut weiter
devices-hear-nothing = Du hörst nichts
# Why this computer has closed my microphone.
devices-computer-changed-another-microphone = Dein Computer ist zu einem anderen Mikrofon gewechselt, { $short }. Deines wurde deshalb geschlossen. Um es zu öffnen, { $open }.
devices-microphone-back-stays-closed = Dein Mikrofon ist wieder da. Es bleibt zu, bis du es öffnest: { $open }.
devices-headphones-unplugged-microphone-closed = Dein Kopfhörer wurde herausgezogen. Dein Mikrofon wurde deshalb geschlossen. Um es zu öffnen, { $open }.
# How the others could hear me better.
devices-others-hear-only-faintly = Die anderen hören dich nur schwach. Geh näher ans Mikrofon, oder stelle es lauter.
devices-loud-words-blur-move = Du bist so laut, dass deine Worte verschwimmen. Geh etwas zurück, oder stelle das Mikrofon leiser.
devices-wind-breath-covers-voice = Wind oder Atem überdeckt deine Stimme. Dreh das Mikrofon ein wenig zur Seite.
# To those who lead: a member has no microphone that works, or has one again.
devices-no-microphone-works-moment = { $name } hat gerade kein Mikrofon, das geht. Das sieht nur die Leitung.
devices-microphone-works-again = Das Mikrofon von { $name } geht wieder.
# A member is heard louder or softer.
devices-hear-they-again = Du hörst { $name } wieder in normaler Lautstärke.
devices-hear-now-nobody-else = Du hörst { $name } jetzt mit { $percent } %. Sonst merkt es niemand.
# What stands above them.
devices-microphones = Mikrofone
devices-speakers = Lautsprecher
# The devices there are, a line each, with the one in use marked, and how to choose one.
devices-choose-one = Um eines davon zu wählen, { $how }.
# A percentage that can't be.
devices-member-can-heard = Ein Mitglied kann mit { $least } bis { $most } % zu hören sein.
devices-example = Zum Beispiel: { $volume }.
# I am the one who is to be heard louder.
devices-that-is-you = Das bist du.
devices-can-hear-others-louder = Du kannst die anderen lauter oder leiser hören.
# I have no microphone, so it can't be opened.
devices-no-microphone-nobody-can = Du hast hier kein Mikrofon. Niemand kann dich hören. Du kannst zuhören und schreiben.
devices-choose-one-2 = Um eines zu wählen, { $mic_device }.
# My microphone is a file.
devices-microphone-sound-file-stays = Dein Mikrofon ist eine Tondatei und bleibt eine.
devices-use-another-start-ingle = Um ein anderes zu benutzen, starte ingle ohne --mic.
# Nothing is paused.
devices-nothing-paused = Es ist nichts angehalten.
devices-when-headphones-unplugged = Das ist für den Fall, dass dein Kopfhörer herausgezogen wurde.

# $step: such as "Plug one in". $another: how to choose another device.
devices-step-or-another = { $step }, oder wähle ein anderes Gerät: { $another }.
devices-step = { $step }.
# The same in a row of the screen. $key: the keys.
devices-step-or-key = { $step }, oder { $key } für ein anderes
# $said: what the system says, in its own words.
devices-computer-says = Dein Computer sagt: { $said }.
# $side: "mic" or "speaker", here and below.
devices-not-known-yet = Welche { $side ->
    [speaker] Lautsprecher
   *[mic] Mikrofone
} es gibt, ist noch nicht bekannt.
devices-none = Es wurde { $side ->
    [speaker] kein Lautsprecher
   *[mic] kein Mikrofon
} gefunden.
devices-plug-in = Stecke das Gerät an; es wird von selbst gefunden.
devices-plug-in-short = Stecke das Gerät an.
# One of a list. $used: "yes" if it is the one in use.
devices-line = { $number }: { $name }{ $used ->
    [yes] {" "}(in Gebrauch)
   *[no] {""}
}
devices-which-by-name = { $side ->
    [speaker] Welcher Lautsprecher
   *[mic] Welches Mikrofon
}? Schreib einen Teil des Namens.
# $listed: devices with their numbers. $more: how many others there are.
devices-which = { $side ->
    [speaker] Welcher Lautsprecher
   *[mic] Welches Mikrofon
}? Schreib die Nummer. { $listed }.{ $more ->
    [0] {""}
   *[other] {" "}Und { $more } weitere.
}
devices-which-short = { $side ->
    [speaker] Welcher Lautsprecher
   *[mic] Welches Mikrofon
}?
devices-none-called = { $side ->
    [speaker] Kein Lautsprecher
   *[mic] Kein Mikrofon
} heißt „{ $typed }“, oder mehrere heißen so.
devices-are = Es gibt diese { $side ->
    [speaker] Lautsprecher
   *[mic] Mikrofone
}: { $names }.

## doctor.rs: What `ingle doctor` has found, a sentence each, and what to do next.

# The head of a line: what is well.
doctor-good = gut
# What is worth knowing.
doctor-note = Hinweis
# What is wrong.
doctor-problem = Problem
# At the end.
doctor-everything-ingle-needs = Alles, was ingle braucht, ist da.
# What this program is.
doctor-ingle-which-speaks-version = Das ist ingle { $version } mit Version { $protocol } seines Protokolls, auf { $system }.
# The file of settings.
doctor-file-settings-can-read = Deine Datei mit Einstellungen ist lesbar: { $path }.
# There is none.
doctor-no-file-settings-need = Du hast keine Datei mit Einstellungen und brauchst auch keine.
# Nothing is drawn here.
doctor-not-terminal-ingle-speaks = Das ist kein Terminal. ingle spricht hier deshalb in Sätzen.
doctor-screen-start-terminal = Für den Bildschirm starte es in einem Terminal.
# A terminal that can't draw.
doctor-terminal-cant-draw-screen = Dieses Terminal kann keinen Bildschirm zeichnen (TERM ist dumb).
doctor-use-plain-which-needs = Nimm --plain, das braucht keinen Bildschirm.
# A small one.
doctor-terminal-columns-rows-ingle = Dieses Terminal hat { $columns } Spalten und { $rows } Zeilen. ingle zeigt deshalb eine Zeile.
doctor-80-columns-24-rows = Mit 80 Spalten und 24 Zeilen zeigt es alles. Mach das Fenster größer oder die Schrift kleiner.
# A sound server that doesn't answer.
doctor-computer-sound-does-not = Der Ton deines Computers antwortet nicht.
doctor-close-other-programs-use = Schließe andere Programme mit Ton, oder melde dich ab und wieder an.
# No relay is known.
doctor-no-relay-called-because = Kein Relay wurde angerufen, weil keines bekannt ist.
doctor-try-one-ingle-doctor = So probierst du eines: ingle doctor --relay HOST:PORT, mit dem Namen aus deiner Einladung.
# It answers over UDP.
doctor-answers-over-udp-after = { $relay } antwortet über UDP, nach { $ms } ms.
# It doesn't, but over TCP.
doctor-does-not-answer-over = { $relay } antwortet nicht über UDP. ingle nimmt hier deshalb den langsameren Weg über TCP.
doctor-calls-work-more-delay = Gespräche gehen, mit mehr Verzögerung. In deinem eigenen Netz: Lass UDP durch die Firewall hinaus.
# It answers over TCP.
doctor-answers-over-tcp-after = { $relay } antwortet über TCP, nach { $ms } ms.
# It doesn't, but over UDP.
doctor-does-not-answer-over-tcp = { $relay } antwortet nicht über TCP.
doctor-nothing-lost-where-udp = Hier fehlt dir nichts. Wo UDP gesperrt ist, kommt aber niemand zu diesem Relay.
# The clock.
doctor-computer-clock-says-utc = Die Uhr deines Computers zeigt { $date } (UTC).
# The clock is wrong for sure.
doctor-computer-clock-says-utc-which = Die Uhr deines Computers zeigt { $date } (UTC). Das kann nicht stimmen.
doctor-set-date-time-relays = Stelle Datum und Uhrzeit: Relays mit Zertifikat lassen sich sonst nicht prüfen.
# What is looked at.
doctor-version = Version
# The same.
doctor-settings = Einstellungen
# The same.
doctor-terminal = Terminal
# The same.
doctor-microphone = Mikrofon
# The same.
doctor-speaker = Lautsprecher
# The same.
doctor-relay-udp = Relay, UDP
# The same.
doctor-relay-tcp = Relay, TCP
# The same.
doctor-clock = Uhr

# $problem: the word that such lines begin with.
doctor-outcome = { $problems ->
    [one] Eine Sache braucht deine Aufmerksamkeit: siehe die Zeile mit „{ $problem }“.
   *[other] { $problems } Sachen brauchen deine Aufmerksamkeit: siehe die Zeilen mit „{ $problem }“.
}
# $colors and $ascii: "yes" or "no".
doctor-terminal-good = Dieses Terminal hat { $columns } Spalten und { $rows } Zeilen, { $colors ->
    [yes] mit Farben
   *[no] ohne Farben
} und { $ascii ->
    [yes] nur einfachen Zeichen
   *[no] allen Zeichen
}.
# $microphone: "yes" for a microphone, "no" for a speaker.
doctor-device = { $microphone ->
    [yes] Dein Mikrofon
   *[no] Dein Lautsprecher
} ist da: { $name }.
doctor-no-device = { $microphone ->
    [yes] Es soll kein Mikrofon benutzt werden. Niemand hört dich.
   *[no] Es soll kein Lautsprecher benutzt werden. Du hörst nichts.
}
# $setting: as it is written in the file of settings.
doctor-no-device-hint = Entferne „{ $setting } = null“ dort, wo du es gesetzt hast.

## door.rs: The door, from both sides.

# Which relay it is, beside an invitation.
door-relay-key-guests-who = Der Schlüssel des Relays ist { $key }. Gäste, die dieses Relay noch nicht kennen, sehen denselben Schlüssel.
# What others join with, as far as it is known here.
door-others-join-code = Andere kommen mit dem Code { $code } herein.
door-code-not-known-please = Der Code ist hier nicht bekannt. Bitte frag die Leitung danach.
# I am at the door.
door-door-please-wait-let = Du stehst an der Tür von „{ $title }“. Bitte warte, bis du hereingelassen wirst.
door-agree-them-check-sound = Um ihnen zuzustimmen, { $agree }. Für eine Tonprobe, während du wartest, { $sound }.
# At the door: the member who can let me in.
door-can-let = { $name } kann dich hereinlassen.
door-nobody-can-let-moment = Gerade kann dich niemand hereinlassen. Die Gruppe wurde gebeten, jemanden zu wählen, der leitet.
# At the door, which hasn't answered for a while. It may have no group at all, and nobody tells which it is.
door-door-not-answered-yet = Die Tür hat noch nicht geantwortet. Vielleicht ist gerade niemand da, oder die Leitung muss nach mehreren falschen Codes erst Ja sagen. ingle wartet weiter. Dauert es lange, prüfe den Code mit der Person, die ihn geschickt hat.
# I have agreed to the ground rules.
door-agreed = Du hast den Grundregeln zugestimmt, und die Leitung sieht es. Bitte warte.
# I am in.
door-circle = Du bist im Kreis: { $title }.
# What to do first.
door-open-microphone-see-all = Um dein Mikrofon zu öffnen, { $mic }. Um alles zu sehen, was du tun kannst, { $help }.
# What is odd about the name of somebody at the door.
door-already-make-sure-who = { $name } ist schon hier. Prüfe also, wer das ist.
door-name-looks-like-s = Der Name sieht aus wie der von { $name }. Prüfe also, wer das ist.
door-name-mixes-letters-several = Der Name mischt Buchstaben mehrerer Alphabete. Prüfe also, wer das ist.
# The same beside the name.
door-is-here = { $name } ist hier!
door-looks-like = sieht aus wie { $name }!
door-mixed-alphabets = mehrere Alphabete!
# Someone who waits has agreed to the ground rules.
door-door-agreed-ground-rules = { $name }, an der Tür, hat den Grundregeln zugestimmt.
# Someone who knocked went away.
door-no-longer-waiting-door = { $name } wartet nicht mehr an der Tür.
# Someone came whose try at the words needs the facilitator's yes.
door-someone-door-cant-try = Jemand steht an der Tür und kann die Wörter noch nicht probieren. Um es zu erlauben, { $try }.
# The same for as long as it is so, without the way.
door-someone-door-cant-try-words = Jemand an der Tür kann die Wörter erst probieren, wenn du Ja sagst.
# The words of the code were drawn anew.
door-code-new-words-old = Der Code hat neue Wörter; die alten öffnen die Tür nicht mehr. Um ihn zu sehen, { $see }. Alle drinnen bleiben.
# The door was locked or unlocked.
door-door-locked-nobody-can = Die Tür ist abgeschlossen: Niemand kann anklopfen.
door-door-unlocked = Die Tür ist offen.

# $first: "yes" if the group has just been opened, "no" if it has another code now.
door-hosting = { $first ->
    [yes] Die Gruppe ist offen.
   *[no] Das ist jetzt der Code.
} Schick das an alle, die du treffen möchtest:
door-wrong-words = Jemand an der Tür hatte die falschen Wörter, bisher { $tries ->
    [one] einmal
   *[other] { $tries }-mal
}. Die Tür blieb zu.
# $yes: how to let one more person try.
door-wrong-words-held = Niemand sonst kann es jetzt probieren; um noch eine Person probieren zu lassen, { $yes }.
# Someone knocks. $odd: a sentence about an odd name.
door-knock-odd = { $name } steht an der Tür. { $odd } Um { $name } hereinzulassen, { $admit }.
door-knock = { $name } steht an der Tür. Um { $name } hereinzulassen, { $admit }.

## echo.rs: My microphone hears my loudspeaker.

# When that begins to be heard by the others.
echo-stays = Dein Mikrofon hört deinen Lautsprecher. Du bist deshalb leiser, während andere sprechen.
# What helps.
echo-headset = Ein Headset hilft.
# When it's over.
echo-over = Dein Mikrofon hört deinen Lautsprecher nicht mehr; du bist wieder so laut wie vorher.

## end.rs: How it ended.

# How it ended in one sentence, and a last word or what to do next in another.
end-left-group = Du hast die Gruppe verlassen.
end-thank-being = Danke, dass du da warst.
end-group-over = Die Gruppe ist zu Ende.
end-facilitator-taken-out-group = Die Leitung hat dich aus der Gruppe genommen.
end-if-think-mistake-please = Wenn du das für einen Irrtum hältst, melde dich bitte bei der Leitung.
end-facilitator-cant-let-moment = Die Leitung kann dich gerade nicht hereinlassen.
end-please-contact-facilitator-try = Bitte melde dich bei der Leitung, oder versuche es später noch einmal.
end-relay-stopped-group = Das Relay hat aufgehört, und die Gruppe mit ihm.
end-please-meet-again-new = Bitte trefft euch mit einem neuen Code wieder, sobald das Relay wieder läuft.
end-someone-may-intercepting-connection = Jemand fängt diese Verbindung vielleicht ab. Du wurdest deshalb nicht hereingelassen.
end-please-dont-try-again = Bitte versuche es nicht noch einmal aus diesem Netz; sprich mit der Leitung am Telefon.
end-door-broke-off-three = Die Tür hat dreimal abgebrochen, nachdem sie deine Wörter geprüft hatte. ingle hat deshalb aufgehört.
end-may-line-somebody-who = Es kann an der Verbindung liegen, oder jemand rät Wörter. Bitte die Leitung um einen neuen Code.
end-something-from-relay-does = Etwas vom Relay passt nicht zu den Schlüsseln der Gruppe. ingle hat aufgehört, um dich zu schützen.
end-join-again-code-if = Komm mit dem Code wieder herein; passiert es noch einmal, trefft euch an einem anderen Relay.
end-line-did-not-come = Deine Verbindung kam nicht zurück, und dein Platz ist nicht mehr frei gehalten.
end-join-again-same-code = Komm mit demselben Code wieder herein, sobald deine Verbindung besser ist.

## faults.rs: What is wrong below the screens, as their errors say it in English: sound, relays, codes and the file of settings.

# No sound: what is wrong, and what to do next. $reason: what the system says, in its own words.
faults-no-mic = Dieser Computer hat kein Mikrofon, das geht.
faults-no-mic-hint = Stecke ein Mikrofon oder ein Headset an, oder füge --mic null hinzu, um zuzuhören, ohne zu sprechen.
faults-no-speaker = Dieser Computer hat keinen Lautsprecher, der geht.
faults-no-speaker-hint = Stecke einen Lautsprecher oder ein Headset an, oder füge --speaker null hinzu, um ohne Ton weiterzumachen.
faults-no-devices = Dieser Computer hat kein Gerät für Ton, das geht.
faults-no-devices-hint = Stecke ein Headset an, oder füge --mic null --speaker null hinzu, um nur mit dem Bildschirm weiterzumachen.
# $side: "mic" or "speaker". $wanted: what was asked for. $flag: the option that chooses it.
faults-no-such-device = Auf diesem Computer gibt es { $side ->
    [speaker] keinen Lautsprecher
   *[mic] kein Mikrofon
} mit dem Namen „{ $wanted }“.
faults-no-such-device-none = Es wurde { $side ->
    [speaker] kein Lautsprecher
   *[mic] kein Mikrofon
} gefunden; ohne { $flag } wird benutzt, was das System anbietet.
faults-no-such-device-some = Nimm mit { $flag } einen Teil von einem dieser Namen: { $names }.
faults-sound-unreadable = Die Tondatei { $path } ist nicht lesbar: { $reason }.
faults-sound-unreadable-hint = Prüfe den Pfad, und ob du die Datei lesen darfst.
faults-not-wav = Die Datei { $path } ist keine wav-Datei, die sich abspielen lässt: { $reason }.
faults-not-wav-hint = Nimm eine wav-Datei mit 8 bis 48 kHz und ein oder zwei Kanälen, zum Beispiel aus einem Aufnahmeprogramm.
faults-sound-unwritable = Die Tondatei { $path } lässt sich nicht schreiben: { $reason }.
faults-sound-unwritable-hint = Wähle mit --speaker file:PATH einen Ort, an dem du schreiben darfst.
faults-sound-system = Der Ton ließ sich nicht starten: { $reason }.
faults-sound-system-hint = Schließe andere Programme, und versuche es noch einmal.
# A relay was not reached: why, and what to do next. $host: the relay as it was written.
faults-address = „{ $written }“ ist nicht die Adresse eines Relays.
faults-address-hint = Schreib sie als NAME:PORT, zum Beispiel relay.example.org:4433.
faults-relay-name = Ein Computer mit dem Namen „{ $name }“ ist nicht zu finden.
faults-relay-name-hint = Prüfe die Schreibweise, und ob dieser Computer online ist.
faults-offline = Dieser Computer hat gerade keine Verbindung zu { $host }.
faults-offline-hint = Prüfe, ob dieser Computer online ist, und versuche es noch einmal.
faults-silent = Bei { $host } antwortet nichts.
faults-silent-hint = Prüfe den Port, und frag, wer das Relay betreibt, ob es läuft und sein UDP-Port offen ist.
faults-relay-version = Das Relay bei { $host } spricht eine andere Version von ingle.
faults-relay-version-hint = Installiere die neueste Version von ingle, oder bitte darum, wer das Relay betreibt.
faults-relay-full = Das Relay bei { $host } hat keinen Platz für eine weitere Verbindung.
faults-relay-full-hint = Versuche es in ein paar Minuten noch einmal.
faults-relay-key = Das Relay bei { $host } zeigt einen anderen Schlüssel als den bekannten.
faults-relay-key-hint = Jemand fängt die Verbindung vielleicht ab: Frag, wer das Relay betreibt, nach dem Fingerabdruck, bevor du weitermachst.
faults-broke = Das Relay bei { $host } hat geantwortet, aber die Verbindung brach ab.
faults-broke-hint = Versuche es noch einmal; bleibt es so, frag, wer das Relay betreibt.
faults-local = Dieser Computer kann keine Verbindung öffnen: { $reason }.
faults-local-hint = Schließe andere Programme, oder starte den Computer neu, und versuche es noch einmal.
# What is wrong with a code that was typed.
faults-code-number = Ein Code beginnt mit vier Ziffern, wie 4821-otter-lamp-violin.
faults-code-words = Ein Code hat drei Wörter nach seiner Nummer; hier { $count ->
    [0] ist keines
    [1] ist eines
   *[other] sind es { $count }
}.
faults-code-unknown = „{ $word }“ ist keines der Wörter, aus denen Codes bestehen.
# What is wrong with the file of settings, and what to do. $at: the file, or the next.
faults-config-line = Zeile { $line } von { $path }
faults-config-unreadable = { $path } ist nicht lesbar: { $why }.
faults-config-unreadable-hint = Mach die Datei für dich lesbar, oder leg sie woanders hin.
faults-config-no-file = { $path } ist keine Datei.
faults-config-no-file-hint = Leg eine Textdatei an ihre Stelle, oder leg sie woanders hin.
faults-config-too-long = { $path } ist zu lang für eine Datei mit Einstellungen.
faults-config-too-long-hint = Eine Datei mit Einstellungen hat höchstens { $most } kB. Leg diese woanders hin.
faults-config-not-toml = { $at } ist nicht zu verstehen: { $why }.
faults-config-not-toml-hint = Jede Zeile ist ein Name, ein Gleichheitszeichen und ein Wert, Wörter in Anführungszeichen: name = "Ana".
faults-config-table = { $at } hat die Überschrift [{ $table }], die nicht bekannt ist.
faults-config-table-hint = Entferne die Überschrift und die Zeilen darunter.
faults-config-key = { $at } setzt „{ $key }“, was nicht bekannt ist.
faults-config-key-hint = Entferne die Zeile, oder setze ein # davor.
faults-config-nearest = Vielleicht meintest du { $nearest }.
faults-config-no-value = { $at } setzt { $key } auf etwas, das kein Wert ist.
faults-config-no-value-hint = Schreib nach { $key } = ein Wort, eine Zahl, true oder false.
faults-config-no-list = { $at } setzt { $key } auf eine Liste.
faults-config-no-list-hint = Schreib nach { $key } = einen Wert.
faults-config-switch-hint = Schreib { $key } = true oder { $key } = false.
faults-config-wrong = { $at } setzt { $key } auf „{ $value }“, was nicht geht.
faults-config-wrong-why = { $at } setzt { $key } auf „{ $value }“: { $why }.
faults-config-wrong-hint = Ändere, was nach { $key } = steht, oder setze ein # vor die Zeile.
# $values: what it can be, in a row with "or".
faults-config-possible = Es geht { $values }.

## figures.rs: Figures as people say them.

# The word on the screen.
figures-line-good = Netz gut
figures-slow-road = langsamer Weg
figures-line-fair = Netz mäßig
figures-line-poor = Netz schlecht
figures-line-cut = Netz weg

# Between a number and its fraction.
figures-decimal-sign = ,

## floor.rs: Who may be heard, and my microphone.

# The facilitator has muted a member, or lets them speak again.
floor-muted-by-facilitator = { $name } ist von der Leitung stummgeschaltet.
floor-may-speak-again = { $name } darf wieder sprechen.
floor-facilitator-muted-nobody-hears = Die Leitung hat dich stummgeschaltet. Niemand hört dich jetzt. Um das Wort zu erbitten, { $ask }.
floor-facilitator-lifted-own-mute = Die Leitung hat dich wieder freigegeben. Du bist noch mit den anderen stumm.
floor-may-speak-again-microphone = Du darfst wieder sprechen; dein Mikrofon ist offen.
floor-may-speak-again-open = Du darfst wieder sprechen. Um dein Mikrofon zu öffnen, { $mic }.
# How my microphone is, though I am muted or not.
floor-microphone-open-but-muted = Dein Mikrofon ist offen, aber du bist stummgeschaltet: Niemand hört dich.
floor-microphone-open = Dein Mikrofon ist offen.
floor-microphone-closed = Dein Mikrofon ist zu.
# In capitals, for the badge.
floor-line-cut-microphone-open = VERBINDUNG WEG, MIKROFON OFFEN
floor-line-cut-nobody-hears = VERBINDUNG WEG, NIEMAND HÖRT DICH
floor-line-cut-microphone-closed = VERBINDUNG WEG, MIKROFON ZU
floor-facilitator-muted = VON DER LEITUNG STUMMGESCHALTET
floor-all-but-facilitator-muted = ALLE AUSSER DER LEITUNG SIND STUMM
floor-someone-else-stick = JEMAND ANDERES HAT DEN REDESTAB
floor-sound-check-nothing-sent = TONPROBE, NICHTS WIRD GESENDET
floor-microphone-opening = DEIN MIKROFON GEHT GERADE AUF
floor-microphone-opens-once = MIKROFON GEHT DRINNEN AUF
floor-microphone-open-2 = DEIN MIKROFON IST OFFEN
floor-microphone-closed-2 = DEIN MIKROFON IST ZU
# What follows the badge: what it means, or what can be done. `keys` calls the keys for a command.
floor-close-heard-later = { $mic } schließt es, später zu hören
floor-close = { $mic } schließt es
floor-coming-back-by-itself = kommt von selbst wieder
floor-nothing-yours-sent = von dir wird nichts gesendet
floor-ask-speak = { $ask } bittet um das Wort
floor-raise-hand = { $hand } für ein Handzeichen
floor-only-can-see = nur du siehst es
floor-choose-one = { $key } wählt eines
floor-keep-closed = { $mic } lässt es zu
floor-open = { $mic } öffnet es
# In a few words, the shortest last.
floor-heard-later = du bist später zu hören
floor-heard-later-2 = später zu hören
floor-later = später
floor-nobody-hears = niemand hört dich
floor-not-heard = nicht zu hören
floor-cut = weg
floor-microphone-closed-3 = dein Mikrofon ist zu
floor-mic-closed = Mikro zu
floor-closed = zu
floor-muted = du bist stummgeschaltet
floor-muted-2 = stumm
floor-sound-check-nothing-sent-2 = Tonprobe, nichts wird gesendet
floor-sound-check = Tonprobe
floor-check = Probe
floor-microphone-opening-2 = dein Mikrofon geht gerade auf
floor-mic-opening = Mikro geht auf
floor-opening = geht auf
floor-microphone-opens-once-2 = dein Mikrofon geht auf, wenn du drin bist
floor-mic-opens-later = Mikro später auf
floor-microphone-open-3 = dein Mikrofon ist offen
floor-mic-open = Mikro offen
floor-open-2 = offen

## guide.rs: How a person is told to do something: with the keys of a screen, or by typing a command.


# Ways to do something. They stand inside of sentences: "To raise your hand, press h."
guide-press = drücke { $keys }
# Between keys that are pressed one after the other.
guide-then = {" "}und dann{" "}
guide-type = tippe { $line }

## home.rs: Home: what is said where nobody has said yet what they want.

# The question that Home asks.
home-question = Was möchtest du tun?
# The same the first time.
home-welcome = Willkommen bei ingle: Triff deine Gruppe per Stimme. Gleich kannst du mitmachen, einladen oder üben.
# Under the list.
home-paste = Wenn dir jemand eine Einladung geschickt hat, füge sie hier ein.
# What was pasted or typed leads nowhere.
home-no-code = Darin ist kein Code. Ein Code sieht so aus: 4821-otter-lamp-violin.
# The one pressed key means nothing here.
home-no-such-key = Wähle mit den Pfeiltasten, dann drücke Enter.
# Joining.
home-join = Zu einer Gruppe
home-join-about = Mit Code oder Einladung.
# Hosting.
home-host = Gruppe öffnen
home-host-about = Du bekommst einen Code zum Weitergeben.
# The sound check.
home-sound = Tonprobe
home-sound-about = Hör dich so, wie andere dich hören.
# The rehearsal.
home-practise = Üben
home-practise-about = Allein, mit aufgenommenen Stimmen.
# The settings.
home-settings = Einstellungen
home-settings-about = Name, Mikrofon, Lautsprecher, Sprache.
# Leaving.
home-leave = Verlassen
home-leave-about = ingle schließen.
# Whose Home it is.
home-you-are = Du bist { $name }
# The first question at the first start.
home-which-name = Wie sollen die anderen dich nennen?
# What becomes of the answer.
home-name-is-kept = Die anderen sehen diesen Namen. Er bleibt auf diesem Computer, und du kannst ihn jederzeit ändern.
# The second.
home-try-sound = Möchtest du jetzt deinen Ton ausprobieren?
# How long that takes.
home-try-takes = Es dauert eine halbe Minute, und nur du hörst es.
# Yes.
home-try-now = Jetzt ausprobieren
# No.
home-try-later = Später
# Before hosting.
home-which-title = Wie heißt deine Gruppe?
# What becomes of that.
home-title-is-seen = Das steht in der Einladung. Lass es leer, dann heißt sie „Die Gruppe“.
# What stands for a group without a name.
home-no-title = Die Gruppe
# Where the settings are.
home-more-can-set-which = Mehr lässt sich in { $file } einstellen; die Datei schreibt „ingle config init“.
home-nothing-kept-computer-because = Auf diesem Computer wird nichts aufbewahrt, weil INGLE_CONFIG_DIR leer ist.
# Changing the name.
home-change-name = Dein Name
# Choosing devices.
home-change-mic = Dein Mikrofon
# Choosing devices.
home-change-speaker = Dein Lautsprecher
# Choosing the language, in words that readers of any of them find.
home-change-language = Sprache, language
# Going back.
home-back = Zurück
# No name is kept.
home-asked-each-time = Wird jedes Mal gefragt
# Whatever the computer offers.
home-offered = Was dein Computer anbietet
# What was chosen can't be kept.
home-could-not-kept-computer = Das ließ sich auf diesem Computer nicht aufbewahren: { $why }.
# The steps of a sound check.
home-step-mic = Schritt 1 von 3: dein Mikrofon
# What to do there.
home-say-something = Sag etwas: Der Balken bewegt sich, wenn das richtige gewählt ist.
# The second.
home-step-speaker = Schritt 2 von 3: dein Lautsprecher oder Kopfhörer
# What to do there.
home-headphones = Mit Kopfhörer hört niemand neben dir die Gruppe.
# The third.
home-step-check = Schritt 3 von 3: Hör dich selbst
# While devices are looked for.
home-looking = Deine Geräte werden gesucht.
# Before the notes.
home-opening = Mikrofon und Lautsprecher werden geöffnet.
# If nothing was heard.
home-no-notes = Wenn du keine zwei Töne gehört hast, stelle lauter, oder wähle einen anderen Lautsprecher.
# The bar's name.
home-loudness = Deine Stimme
# After the verdict.
home-again = Noch einmal prüfen
# After the verdict.
home-others = Andere Geräte wählen
# After the verdict.
home-done = Fertig
# A device that was kept is not there at present.
home-which-chose-before-isnt = „{ $name }“, was du vorher gewählt hast, ist nicht angesteckt. Benutzt wird, was dein Computer anbietet.
# The name comes from elsewhere, so that choosing one here would change nothing.
home-name-is-set = Dein Name steht in config.toml oder in INGLE_NAME, und die gehen vor.
# The same of the language.
home-language-is-set = Deine Sprache steht schon in --language, config.toml oder INGLE_LANGUAGE.
# No microphone to choose.
home-no-mic = Es wurde kein Mikrofon gefunden. Stecke eines an, oder mach ohne weiter: Du kannst zuhören und schreiben.
# No speaker to choose.
home-no-speaker = Es wurde kein Lautsprecher gefunden. Stecke einen an, oder mach ohne weiter: Du kannst lesen und schreiben.
# The foot of a list, long and short.
home-list-keys-1 = auf und ab wählen   Enter weiter   q verlassen
home-list-keys-2 = auf, ab, Enter   q verlassen
home-list-keys-3 = auf, ab, Enter
# The foot of a list that isn't the first.
home-page-keys-1 = auf und ab wählen   Enter weiter   Esc zurück
home-page-keys-2 = auf, ab, Enter   Esc zurück
home-page-keys-3 = auf, ab, Enter
# The foot of a step that can be left out.
home-step-keys-1 = auf und ab wählen   Enter weiter   Esc überspringen
home-step-keys-2 = auf, ab, Enter   Esc lässt aus
home-step-keys-3 = auf, ab, Enter
# The foot of a line to write in.
home-line-keys-1 = Enter weiter   Esc überspringen
home-line-keys-2 = Enter weiter   Esc lässt aus
home-line-keys-3 = Enter, Esc
# The same where going back changes nothing.
home-edit-keys-1 = Enter weiter   Esc geht zurück
home-edit-keys-2 = Enter weiter   Esc zurück
home-edit-keys-3 = Enter, Esc
# The foot of a check.
home-check-keys-1 = Esc geht zurück
home-check-keys-2 = Esc geht zurück
home-check-keys-3 = Esc
# In sentences: Home's heading.
home-list-head = ingle: Triff deine Gruppe per Stimme. Was möchtest du tun?
# In sentences: what can be set.
home-settings-in-lines = Dein Name
home-settings-in-lines-about = Ändere, wie die anderen dich nennen.
# In sentences: the language that is spoken, and what choosing it does. $now, $next, $language: languages, each in itself.
home-language-in-lines = { $now }. Wähle das für { $next }.
home-speaks = Ab jetzt spricht ingle { $language }.
# In sentences: the list is numbered.
home-which-number = Tippe eine Nummer, oder füge deine Einladung ein, dann drücke Enter:{" "}
# In sentences.
home-which-name-line = Wie sollen die anderen dich nennen? Mit Enter wirst du jedes Mal gefragt:{" "}
# In sentences.
home-try-sound-line = Möchtest du jetzt deinen Ton ausprobieren? Tippe ja, oder drücke Enter für später:{" "}
# In sentences.
home-which-title-line = Wie heißt deine Gruppe? Mit Enter heißt sie „Die Gruppe“:{" "}

# What may be typed for yes, in small letters, with spaces between.
home-means-yes = j ja y yes
# The same for no.
home-means-no = n nein no

## invite.rs: What others need to come in.

# Above the short form.
invite-short-form = Kürzer, für eine SMS:

# A text that goes to others. $when: a sentence that begins with a space, or nothing.
invite-begin = Du bist eingeladen zu „{ $title }“, einer Gruppe, die sich per Stimme trifft.{ $when } Um mitzumachen, öffne ein Terminal und tippe:
invite-meets = Sie trifft sich: { $when }.
invite-get =
    Oder öffne { $link }
    Um ingle zu bekommen: { $install }
invite-help = Hilfe am Telefon: { $help }.
invite-end = Bitte gib das nicht weiter: Wer es hat, kann an der Tür klopfen.
# The same for a text message of 160 letters: short, and without accents or umlauts, which would halve what fits.
invite-join = Komm zu "{ $title }"
invite-join-us = Komm zu uns
# $lead: one of the two above, and when the group meets.
invite-short = { $lead } per Stimme: { $link } ({ $install }).
invite-help-short = Hilfe: { $help }.

## keys.rs: What the keys of the screen do. Which key does it is in the table of `tui::keymap`.

keys-mic = Mikro
keys-mic-help = Dein Mikrofon öffnen oder schließen.
keys-same = gleiche Wörter
keys-same-help = Beim Vergleich der Wörter: Deine sind gleich.
keys-differ = andere Wörter
keys-differ-help = Beim Vergleich der Wörter: Deine sind anders.
keys-vote-yes = ja
keys-vote-yes-help = Bei einer Abstimmung: Ja.
keys-vote-no = nein
keys-vote-no-help = Bei einer Abstimmung: Nein.
keys-abstain = enthalten
keys-abstain-help = Bei einer Abstimmung: weder Ja noch Nein.
keys-agree = dafür
keys-agree-help = Bei einem Vorschlag oder beim Vorlesen: zustimmen.
keys-aside = beiseitestehen
keys-aside-help = Bei einem Vorschlag: beiseitestehen.
keys-block = Veto
keys-block-help = Bei einem Vorschlag oder beim Vorlesen: Veto einlegen und sagen, warum.
keys-lead = Leitung wählen
keys-lead-help = Solange niemand leitet: wähle das markierte Mitglied, für das andere sind, oder dich selbst.
keys-done = fertig
keys-done-help = Wenn du in einer Runde dran bist: fertig werden.
keys-pass = weiter
keys-pass-help = Wenn du in einer Runde dran bist: weitergeben, ohne etwas zu sagen.
keys-later = später
keys-later-help = Wenn du in einer Runde dran bist: ans Ende rücken.
keys-agree-to-rules = zustimmen
keys-agree-to-rules-help = Den Grundregeln zustimmen.
keys-sound-check = Tonprobe
keys-sound-check-help = Deinen Ton prüfen: zwei leise Töne und ein Pegel für dich. Nichts wird gesendet.
keys-rules = Regeln
keys-rules-help = Die Grundregeln lesen.
keys-note = Zettel
keys-note-help = Der Leitung einen Zettel hinterlassen, zum Beispiel, wen sie anrufen soll.
keys-admit = hereinlassen
keys-admit-help = Hereinlassen, wer an der Tür markiert ist, sonst, wer zuerst da war.
keys-admit-all-help = Alle hereinlassen, die warten.
keys-mute = stumm
keys-mute-help = Das markierte Mitglied stummschalten oder wieder sprechen lassen.
keys-mute-all = alle stumm
keys-mute-all-help = Alle außer dir eine Weile stummschalten oder alle wieder sprechen lassen.
keys-next = nächste
keys-next-help = Dem nächsten Handzeichen das Wort geben, oder wer darum bittet.
keys-remove = entfernen
keys-remove-help = Das markierte Mitglied entfernen oder abweisen, wer an der Tür markiert ist. Fragt vorher.
keys-lock = abschließen
keys-lock-help = Die Tür ab- oder aufschließen.
keys-give-back = zurückgeben
keys-give-back-help = Jemandem, der zurück ist, Platz, Stimme und Rolle wiedergeben.
keys-try-help = Nach zu vielen falschen Versuchen noch eine Person den Code probieren lassen.
keys-new-code-help = Die Wörter des Codes ändern. Wer drinnen ist, bleibt drinnen.
keys-verify-help = Vier Wörter mit allen vergleichen, um sicher zu sein, dass niemand mithört.
keys-hand = Hand
keys-hand-help = Ein Handzeichen geben oder zurücknehmen.
keys-turns = Runden
keys-turns-help = Runden: sehen oder ändern, wer spricht und wer als Nächstes.
keys-decide = Entscheiden
keys-decide-help = Entscheiden: vorschlagen, zustimmen, abstimmen und das Protokoll lesen.
keys-care = Fürsorge
keys-care-help = Fürsorge: um Hilfe bitten, privat schreiben, aufeinander achten.
keys-roles-help = Rollen: sehen oder ändern, wer leitet und wer übernimmt.
keys-sound-help = Ton: Geräte wählen, oder ein Mitglied lauter oder leiser hören.
keys-aloud = laut weiter
keys-aloud-help = Wenn dein Kopfhörer herausgezogen wurde: laut weitermachen.
keys-louder-help = Das markierte Mitglied lauter oder leiser hören.
keys-write = schreiben
keys-write-help = Allen eine Zeile schreiben oder einen Befehl tippen.
keys-panels = Bereiche
keys-panels-help = Zwischen Kreis, Tür und Geschriebenem wechseln. Auf kleinem Bildschirm: Geschriebenes lesen.
keys-select-help = Jemanden markieren oder durch Geschriebenes blättern.
keys-scroll-chat-help = Durch Geschriebenes blättern. Auf kleinem Bildschirm: lesen.
keys-skip-help = Während du Verpasstes nachhörst: den Rest überspringen.
keys-people-help = Sehen, wer da ist, wie es steht und was gerade läuft.
keys-line-help = Sehen, wie gut deine Verbindung ist und wie viele Daten sie verbraucht hat.
keys-plan-help = Mehr oder weniger Daten für deine Stimme: auto, thin, full, reihum.
keys-invite-help = Sehen, was andere brauchen, um mitzumachen.
keys-privacy = Privates
keys-privacy-help = Lesen, was privat ist und was das Relay sehen kann.
keys-clear-help = Niemanden markieren.
keys-send = senden
keys-send-help = Die Zeile senden.
keys-stop-writing = abbrechen
keys-stop-writing-help = Das Schreiben abbrechen.
keys-yes = ja
keys-yes-help = Ja.
keys-no = nein
keys-no-help = Nein.
keys-end-for-all = für alle beenden
keys-end-for-all-help = Beim Verlassen: die Gruppe für alle beenden.
keys-scroll-up-help = Nach oben blättern.
keys-select-line-help = Eine Zeile markieren.
keys-choose = wählen
keys-choose-help = Tun, was die markierte Zeile sagt.
keys-scroll-down = mehr
keys-scroll-down-help = Nach unten blättern.
keys-back = zurück
keys-back-help = Zurück zur Gruppe.
keys-help = Hilfe
keys-help-help = Alle Tasten und Befehle zeigen.
keys-leave = verlassen
keys-leave-help = Verlassen. Fragt vorher.
keys-close = schließen
keys-close-help = Das Programm schließen.
keys-close-mic-help = Dein Mikrofon sofort schließen, wo immer du bist.
keys-suspend-help = Das Mikrofon schließen und für eine Weile zur Shell zurück.
keys-redraw-help = Den Bildschirm neu zeichnen.
# The word of [`AGREE`] when the minutes are asked about.
keys-minutes-right = stimmt
# The word of [`BLOCK`] when the minutes are asked about.
keys-minutes-not-right = stimmt nicht
# Keys that were chosen are not written as they have to be.
keys-chooses-no-key = „{ $written }“ wählt keine Taste.
keys-write-what-does-keys = Schreib, was sie tut, und ihre Tasten, zum Beispiel hand=h oder mic=f5.
# No action is called so.
keys-nothing-key-does-called = Nichts, was eine Taste tut, heißt „{ $name }“.
keys-did-mean = Meintest du { $nearest }?
# No key is called so.
keys-key-letter-sign-name = Eine Taste ist ein Buchstabe, ein Zeichen oder ein Name wie space, tab, pgup, f5 oder ctrl-t.
keys-no-key-called = Keine Taste heißt „{ $key }“.
# It would write a letter.
keys-choose-one-ctrl-key = Wähle eine mit ctrl oder eine Taste, die nichts schreibt, zum Beispiel f5.
keys-cant-key-since-works = „{ $key }“ kann dafür nicht die Taste sein, denn sie wirkt auch, während du schreibst.
# One key would do two things.
keys-key-would-do-two = Die Taste { $key } würde zweierlei tun: { $one } und { $other }.
keys-choose-another-key-one = Wähle für eines davon eine andere Taste.
# The menus have this letter.
keys-key-letter-menus-where = Die Taste { $key } ist ein Buchstabe der Menüs, wo das auch wirkt.
keys-choose-key-no-letter = Wähle eine Taste, die kein Buchstabe ist.

# The words of some keys where there is little room.
keys-aside-short = beiseite
keys-same-short = gleich
keys-differ-short = anders
keys-lead-short = wählen

## leaving.rs: What it means to leave: a question, what becomes of the group, and what can be chosen.

# What it means that I leave; a facilitator hands over to the selected member, or else to whoever is next.
leaving-leave-group = Die Gruppe verlassen?
leaving-leave = Verlassen.
leaving-end-group-everybody = Die Gruppe für alle beenden.
leaving-stay = Bleiben.
leaving-can-knock-again-later = Du kannst später mit demselben Code wieder anklopfen.
leaving-leave-door = Die Tür verlassen?
leaving-nobody-else-hand-over = Es ist niemand sonst da, dem du übergeben kannst. Die Gruppe endet, wenn du gehst.
leaving-nobody-else = Es ist niemand sonst da.
leaving-leave-which-ends-group = Verlassen; damit endet die Gruppe.
leaving-group-meets-through-computer = Die Gruppe trifft sich über diesen Computer. Niemand kann übernehmen: Sie endet für alle, wenn du gehst.
leaving-leads-group-then-hand = { $next } leitet dann die Gruppe. Um an jemand anderen zu übergeben, markiere zuerst diese Person. Du kannst mit demselben Code zurückkommen.
leaving-leave-hand-over = Verlassen und an { $next } übergeben.
leaving-nobody-can-take-over = Gerade kann niemand übernehmen, weil die Verbindungen der anderen weg sind. Sobald sie zurück sind, wählen sie, wer leitet.
leaving-group-goes-can-knock = Die Gruppe geht weiter. Du kannst später mit demselben Code wieder anklopfen.
# The same in sentences, with what to type.
leaving-do = { $go } Dafür { $quit }.
leaving-hand-over-somebody-else = Um an jemand anderen zu übergeben, { $quit }.
leaving-end-group-everybody-2 = Um die Gruppe für alle zu beenden, { $close }.
leaving-stay-do-nothing = Um zu bleiben, tu nichts.
# The member I hand over to could not take the role in time.
leaving-could-not-take-over = { $name } konnte nicht rechtzeitig übernehmen. Du bist deshalb noch hier.
leaving-try-again = Um es noch einmal zu versuchen, { $quit }.

## lists.rs: What line mode asks for: numbered lists, questions, and whether something is meant.

lists-microphone = Dein Mikrofon: an oder aus?
lists-admit-whom = Wen möchtest du hereinlassen?
lists-decline-whom = Wen möchtest du abweisen?
lists-mute-whom = Wer soll stumm sein?
lists-unmute-whom = Wer darf wieder sprechen?
lists-remove-whom = Wer soll die Gruppe verlassen?
lists-whose-role = Wessen Rolle soll sich ändern?
lists-which-role = Welche Rolle?
lists-stick-to = Wer bekommt den Redestab?
lists-which-order = Handzeichen: der Reihe nach, oder wer am wenigsten zu hören war, zuerst?
lists-which-round = Welche Runde?
lists-which-vote = Welche Abstimmung, oder ihr Ende?
lists-your-vote = Deine Stimme?
lists-which-motion = Worüber soll die Gruppe abstimmen?
lists-private-to = Für wen ist es?
lists-follow-up-whom = Wer könnte plötzlich weg sein?
lists-handled-whom = Um wen hat sich jemand gekümmert?
lists-volume-whom = Wen möchtest du lauter oder leiser hören?
# There is nobody for a list.
lists-nobody-to-choose = Es gibt niemanden zu wählen.
# The answer was no, or none.
lists-nothing-done = Es wurde nichts getan.
# How a question is answered.
lists-yes-or-no = Tippe ja oder nein.
# The one whom a question was about is no longer there.
lists-gone-meanwhile = Die Person ist inzwischen weg. Es wurde nichts getan.
# What was typed is not in the list.
lists-not-list = Das steht nicht in der Liste. { $type_a_number }
# What was chosen has gone.
lists-no-longer-nothing-done = { $label } ist nicht mehr da. Es wurde nichts getan.
# A question that is answered in writing.
lists-empty-line-leave = { $wanted }, oder eine leere Zeile, um es zu lassen:
lists-empty-line-leaves = { $question } Mit einer leeren Zeile lässt du es.
# Several lines came at once.
lists-pasted-lines-type-yes = Du hast { $lines } Zeilen eingefügt. Tippe ja, um sie als eine Nachricht an alle zu senden, oder nein, um sie zu verwerfen.
# What was pasted is too long for one message.
lists-pasted-characters-message-room = Du hast { $count } Zeichen eingefügt, und eine Nachricht hat Platz für { $most }. Nichts wurde gesendet.
# Leave, and hand over to this member?
lists-leave-group-hand-over = Die Gruppe verlassen und an { $name } übergeben?
lists-can-come-back-same = Du kannst mit demselben Code zurückkommen.

# Below a numbered list. $count: how many there are.
lists-type-a-number = { $count ->
    [1] Tippe 1, oder 0, um es zu lassen.
    [2] Tippe 1 oder 2, oder 0, um es zu lassen.
   *[other] Tippe eine Zahl von 1 bis { $count }, oder 0, um es zu lassen.
}

## lobby.rs: The ground rules, and the sound check.

# What holds in every group, a sentence or two each.
lobby-what-said-stays = Was hier gesagt wird, bleibt hier.
lobby-find-place-where-nobody = Such dir einen Ort, an dem niemand mithört, und nimm Kopfhörer.
lobby-nobody-records-anything = Niemand nimmt etwas auf.
lobby-one-person-speaks-time = Eine Person spricht, und alle werden gehört.
lobby-may-pass-may-silent = Du darfst aussetzen, schweigen und jederzeit gehen.
lobby-if-need-help-say = Wenn du Hilfe brauchst, sag oder schreib es: Jemand antwortet.
# The rules with what leads to them, for `/rules`.
lobby-ground-rules = Die Grundregeln:
# Whether somebody at the door has agreed to the ground rules, for the facilitator.
lobby-agreed-rules = hat den Regeln zugestimmt
lobby-reading-rules = liest die Regeln
# While the sound check listens.
lobby-nothing-is-sent = Nur du siehst das; nichts wird gesendet.
# The same from what it hears.
lobby-should-hear-two-soft = Du solltest jetzt zwei leise Töne hören. Dann sag ein paar Worte.
lobby-how-others-will-hear = So werden die anderen dich hören.
lobby-microphone-hears-well = Dein Mikrofon hört dich gut.
lobby-microphone-hears-but-only = Dein Mikrofon hört dich, aber nur schwach. Geh näher heran, oder stelle es in den Systemeinstellungen lauter.
lobby-voice-loud-distorted-move = Deine Stimme ist so laut, dass sie verzerrt klingt. Geh etwas zurück, oder stelle das Mikrofon in den Systemeinstellungen leiser.
lobby-microphone-hears-speaker-too = Dein Mikrofon hört dich, und deinen Lautsprecher auch. Mit Kopfhörer hört sich niemand selbst.
lobby-microphone-hears-much-noise = Dein Mikrofon hört dich, und viel Lärm um dich herum. Schließe ein Fenster, oder nimm ein Headset.
lobby-microphone-hears-nothing-check = Dein Mikrofon hört nichts. Prüfe, ob es angesteckt und eingeschaltet ist, und versuche es noch einmal.
lobby-no-microphone-use-can = Es ist kein Mikrofon in Gebrauch. Du kannst trotzdem hereinkommen, zuhören und schreiben.
lobby-computer-sound-cant-used = Der Ton dieses Computers geht gerade nicht. Du kannst trotzdem hereinkommen und schreiben.
lobby-closing-other-programs-use = Es kann helfen, andere Programme mit Ton zu schließen. Versuche es dann noch einmal.
lobby-notes = Wenn du keine zwei Töne gehört hast, stelle lauter, oder wähle einen anderen Lautsprecher mit --speaker.

## menus.rs: The lines of the menus, and what they ask for. Which letter stands for a line is in the table of `tui::menu`.

menus-turns = Runden
menus-decide = Entscheiden
menus-care = Fürsorge
menus-roles = Rollen
menus-sound = Ton
menus-nothing-to-do = Hier gibt es gerade nichts zu tun.
menus-done = Deinen Beitrag in der Runde beenden.
menus-pass = In der Runde weitergeben, ohne etwas zu sagen.
menus-later = In der Runde ans Ende rücken.
menus-yes = Ja, alle bleiben noch einmal so lange stumm.
menus-back = Sagen, dass du aus der Pause zurück bist.
menus-hand = Ein Handzeichen geben oder zurücknehmen.
menus-ask = Die Leitung um das Wort bitten oder die Bitte zurücknehmen.
menus-stick = Den Redestab dem markierten Mitglied geben, oder einen Namen tippen.
menus-stick-to = Wer bekommt den Redestab? Schreib einen Namen.
menus-stick-down = Den Redestab ablegen.
menus-next = Dem nächsten Handzeichen das Wort geben, oder wer darum bittet.
menus-least-first = Handzeichen: Wer am wenigsten zu hören war, kommt zuerst.
menus-first-first = Handzeichen: Wer zuerst kommt, spricht zuerst.
menus-mute = Das markierte Mitglied stummschalten, oder einen Namen tippen.
menus-mute-whom = Wer soll stumm sein? Schreib einen Namen.
menus-mute-all = Alle außer dir eine Weile stummschalten.
menus-unmute-all = Alle wieder sprechen lassen.
menus-check-in = Eine Anfangsrunde beginnen.
menus-check-out = Eine Schlussrunde beginnen.
menus-free-round = Eine Runde zu einem beliebigen Thema beginnen.
menus-seconds = Sekunden für alle, oder Enter für ohne Grenze:
menus-skip-turn = In der Runde zur nächsten Person weitergehen.
menus-end-round = Die Runde beenden.
menus-agenda = Die Tagesordnung lesen.
menus-add-point = Einen Punkt zur Tagesordnung hinzufügen.
menus-point = Worum geht es im nächsten Punkt?
menus-point-minutes = Minuten dafür:
menus-next-point = Zum nächsten Punkt der Tagesordnung gehen.
menus-clear-agenda = Die Tagesordnung leeren.
menus-break = Eine Pause beginnen.
menus-break-minutes = Minuten der Pause:
menus-end-break = Die Pause beenden.
menus-bell = Festlegen, wann die Zeit der Gruppe um ist.
menus-bell-minutes = Minuten, bis die Zeit der Gruppe um ist, oder off:
menus-propose = Der Gruppe etwas vorschlagen.
menus-propose-what = Was schlägst du vor?
menus-agree = Dem Vorschlag oder dem Protokoll zustimmen.
menus-aside = Beiseitestehen: Du bist nicht dafür, hältst es aber nicht auf.
menus-block = Ein Veto einlegen und sagen, warum.
menus-block-why = Warum kannst du nicht mitgehen?
menus-not-right = Sagen, dass das Protokoll nicht stimmt.
menus-amend = Deinen Vorschlag ändern.
menus-amend-to = Was schlägst du stattdessen vor?
menus-withdraw = Deinen Vorschlag zurückziehen.
menus-test = Alle fragen, ob ihr euch einig seid.
menus-open-vote = Offen darüber abstimmen lassen.
menus-secret-vote = Geheim darüber abstimmen lassen.
menus-end-vote = Die Abstimmung beenden, sobald die halbe Gruppe abgestimmt hat.
menus-move-facilitator = Über eine neue Leitung abstimmen: das markierte Mitglied, oder einen Namen tippen.
menus-move-whom = Wer soll leiten? Schreib einen Namen.
menus-change-rules = Über eine Änderung der Grundregeln abstimmen.
menus-which-rule = Welche Regel, und wie? Zum Beispiel: close group.
menus-ask-to-remove = Die Gruppe bitten, ein Mitglied zu entfernen.
menus-remove-whom = Wer soll die Gruppe verlassen? Schreib einen Namen.
menus-proposal = Lesen, was vorgeschlagen ist und welche Antworten es gibt.
menus-minutes = Das Protokoll lesen. Die Leitung liest es allen vor.
menus-save = Das Protokoll in einer Datei auf diesem Computer ablegen.
menus-save-where = Wie soll die Datei heißen?
menus-close = Zum Schluss kommen: Das Protokoll wird vorgelesen, dann endet die Gruppe.
menus-help-me = Die Leitung um Hilfe bitten. Sonst sieht es niemand.
menus-private = An ein Mitglied schreiben und sonst an niemanden.
menus-private-to = Für wen ist es? Schreib einen Namen.
menus-private-what = Was möchtest du sagen?
menus-here = Den anderen zeigen, dass du da bist, ohne etwas zu sagen.
menus-applaud = Applaudieren ohne Ton. Die anderen sehen es einen Moment lang.
menus-follow-up = Sagen, was zu tun ist, wenn jemand plötzlich weg ist. Die Leitung sieht es.
menus-follow-up-whom = Wer könnte plötzlich weg sein? Schreib einen Namen.
menus-follow-up-what = Was soll dann getan werden?
menus-handled = Um jemanden, der plötzlich weg war oder Hilfe brauchte, hat sich jemand gekümmert.
menus-handled-whom = Um wen hat sich jemand gekümmert? Schreib den Namen.
menus-note = Der Leitung einen Zettel hinterlassen, zum Beispiel, wen sie anrufen soll.
menus-note-what = Was soll die Leitung wissen? Sonst sieht es niemand.
menus-co-facilitator = Einem Mitglied die Co-Leitung geben. Es übernimmt, wenn deine Verbindung weg ist.
menus-co-facilitator-who = Wer soll Co-Leitung sein? Schreib einen Namen.
menus-facilitator = Einem Mitglied die Leitung geben. Du bleibst zur Seite.
menus-facilitator-who = Wer soll leiten? Schreib einen Namen.
menus-member = Jemanden aus der Leitung wieder Mitglied werden lassen. So kannst du auch zurücktreten.
menus-member-who = Wer soll wieder Mitglied sein? Schreib einen Namen.
menus-lead = Wählen, wer leitet: das markierte Mitglied, oder einen Namen tippen.
menus-lead-who = Wer soll die Gruppe leiten? Schreib einen Namen.
menus-take-back = Die Gruppe wieder übernehmen, nachdem deine Verbindung weg war.
menus-mic-device = Ein anderes Mikrofon wählen.
menus-speaker-device = Einen anderen Lautsprecher wählen.
menus-volume = Ein Mitglied lauter oder leiser hören. Sonst merkt es niemand.
menus-volume-whom = Wen möchtest du lauter oder leiser hören? Schreib einen Namen.
menus-volume-percent = Prozent, von 50 bis 200; 100 ist normal:
menus-aloud = Laut weitermachen, ohne Kopfhörer.
# A question about what one member alone is to read.
menus-only-sees = Nur { $name } sieht es. { $question }

## minutes.rs: The minutes as they are read back and kept, and the line that everybody takes along.

# The minutes in lines.
minutes-minutes = Protokoll von { $title }.
minutes-nothing-decided-far = Bisher ist nichts entschieden.
minutes-proposed-by = { $text }{ $stop } Vorschlag von { $by }. { $came_of }
# What came of a proposal.
minutes-not-decided = Nicht entschieden.
# What the group says of its minutes.
minutes-agreed-by-all-who = Zugestimmt haben alle { $here }, die da waren.
minutes-read-back-group-agreed = Der Gruppe vorgelesen; bisher haben { $right } von { $here } zugestimmt.
# The minutes as Markdown, for whoever keeps a copy.
minutes-heading = Protokoll von { $title }
# The line that everybody takes along.
minutes-alone = allein
minutes-with = mit { $names }
minutes-nothing-decided = nichts wurde entschieden
minutes-decided-more = entschieden: { $told } und { $count } weitere
minutes-decided = entschieden: { $told }
minutes-circle-keys-destroyed-nothing = { $stayed } im Kreis { $with }; { $decided }; Schlüssel vernichtet, nichts wurde aufgenommen.
# What to do when the minutes are read back.
minutes-if-they-right-if = Wenn es stimmt, { $right }; wenn nicht, { $wrong }. Für eine Kopie { $copy }.
# The same on a page, which has to be left first.
minutes-go-back-group-answer = Geh zum Antworten zurück zur Gruppe. { $minutes_task }
# A member says that the minutes are not right.
minutes-says-minutes-not-right = { $name } sagt, dass das Protokoll nicht stimmt.
# The group comes to its close.
minutes-group-coming-close = Die Gruppe kommt zum Schluss.
# The minutes can't be kept yet.
minutes-group-not-heard-minutes = Die Gruppe hat das Protokoll in dieser Fassung noch nicht gehört.
minutes-facilitator-can-read-them = Die Leitung kann es jederzeit vorlesen und tut es am Schluss.
# The minutes were kept.
minutes-minutes-computer-only = Das Protokoll liegt in { $path }, nur auf diesem Computer.
# The minutes could not be kept there.
minutes-already-file-called-left = Es gibt schon eine Datei { $path }; sie blieb, wie sie war.
minutes-choose-another-name = Wähle einen anderen Namen.
minutes-folder-does-not-exist = Den Ordner für { $path } gibt es nicht.
minutes-choose-folder-exists = Wähle einen Ordner, den es gibt.
minutes-not-allowed-write = Du darfst { $path } nicht schreiben.
minutes-choose-another-folder = Wähle einen anderen Ordner.
minutes-minutes-could-not-written = Das Protokoll ließ sich nicht in { $path } schreiben.
minutes-choose-another-place = Wähle einen anderen Ort.

# $aside, $block: how many stood aside or blocked.
minutes-agreed = Beschlossen: { $agree } dafür{ $aside ->
    [0] {""}
   *[other] , { $aside } beiseite
}{ $block ->
    [0] {""}
   *[other] , { $block } mit Veto
}.
# $secret: "yes" for a secret vote. $tally: "5 yes, 2 no, 1 abstained".
minutes-passed = Angenommen in { $secret ->
    [yes] geheimer
   *[no] offener
} Abstimmung: { $tally }.
minutes-not-passed = Nicht angenommen in { $secret ->
    [yes] geheimer
   *[no] offener
} Abstimmung: { $tally }.
# $right, $wrong: how many say that the minutes are right or not, of $here.
minutes-read-back-wrong = Der Gruppe vorgelesen; { $right } von { $here } haben zugestimmt, { $wrong } nicht.
minutes-with-others = mit { $names } und { $others } anderen
minutes-close-again = Sobald alle bereit sind, { $close } noch einmal, um sie zu beenden.

## names.rs: How members are called.

# A member's name.
names-someone = Jemand
# A member's name, or "you" within a sentence.
names-you = du

# The last two of several names or words in a row. $first: all before the last, with commas.
names-and = { $first } und { $last }
names-or = { $first } oder { $last }
# What was proposed, where it stands in a row of others.
names-quoted = „{ $text }“

## no_decision.rs: Why something about decisions can't be done now, and what can.

# A facilitator needs the group's yes for this.
no-decision-by-ground-rules-needs = Nach den Grundregeln braucht das ein Ja der Gruppe.
no-decision-ask = Um darum zu bitten, { $motion }.
# Why something about decisions can't be done now, and what can.
no-decision-to = Um { $what }, { $how }.
no-decision-no-proposal-moment = Dafür gibt es gerade keinen Vorschlag.
no-decision-make-one = einen zu machen
no-decision-only-member-who-made = Nur wer den Vorschlag gemacht hat, kann ihn ändern oder zurückziehen.
no-decision-tell-group-what-would = Sag der Gruppe, was du ändern würdest.
no-decision-nothing-written-yet = Es ist noch nichts geschrieben.
no-decision-please-say-few-words = Bitte sag es in wenigen Worten.
no-decision-motion-cant-reworded = Ein solcher Antrag lässt sich nicht umformulieren.
no-decision-withdraw-make-another = ihn zurückzuziehen und neu zu stellen
no-decision-another-proposal-comes-first = Ein anderer Vorschlag kommt zuerst.
no-decision-one-waits-until-group = Dieser wartet, bis die Gruppe mit jenem fertig ist.
no-decision-vote-under-way = Eine Abstimmung läuft.
no-decision-vote-yes-vote-no = Für Ja { $ballot }; für Nein { $no }.
no-decision-nothing-being-voted = Gerade wird über nichts abgestimmt.
no-decision-call-vote = abstimmen zu lassen
no-decision-vote-began-before-came = Diese Abstimmung begann, bevor du kamst.
no-decision-can-vote-from-next = Ab der nächsten kannst du mitstimmen.
no-decision-secret-vote-nobody-sees = Bei geheimer Abstimmung sieht niemand, wie jemand stimmt.
no-decision-ends-by-itself = Sie endet von selbst.
no-decision-secret-vote-needs-least = Eine geheime Abstimmung braucht mindestens drei Personen.
no-decision-vote-openly = offen abzustimmen
no-decision-ballots-being-counted-already = Die Stimmzettel werden schon gezählt.
no-decision-please-wait-moment-result = Bitte warte einen Moment auf das Ergebnis.
no-decision-fewer-than-half-those = Weniger als die Hälfte derer, die dürfen, haben abgestimmt.
no-decision-please-wait-vote-ends = Bitte warte; die Abstimmung endet von selbst.
no-decision-still-time = Dafür ist noch Zeit.
no-decision-please-wait-little = Bitte warte ein wenig.
no-decision-many-proposals-group-can = Es gibt so viele Vorschläge, wie die Gruppe fassen kann.
no-decision-wait-until-one-them = Warte, bis einer davon entschieden ist.
no-decision-minutes-no-room-more = Das Protokoll hat keinen Platz für mehr Worte.
no-decision-use-fewer-words-write = Nimm weniger Worte, oder schreib es in die Gruppe.
no-decision-only-facilitator-can-do = Das kann nur die Leitung.
no-decision-can-ask-facilitator-aloud = Du kannst die Leitung bitten, laut oder schriftlich.
no-decision-by-ground-rules-facilitator = Nach den Grundregeln lässt die Leitung abstimmen.
no-decision-by-ground-rules-group = Nach den Grundregeln sucht die Gruppe zuerst Einigkeit.
no-decision-ask-everybody = alle zu fragen
no-decision-not-open-moment = Das geht gerade nicht.
no-decision-try-again-moment = Versuche es gleich noch einmal.
no-decision-facilitator-may-do-without = Die Leitung darf das, ohne zu fragen.
no-decision-no-motion-needed = Dafür braucht es keinen Antrag.
no-decision-already-member-who-meant = Es ist schon so, oder das gemeinte Mitglied ist weg.
no-decision-see-who = zu sehen, wer da ist
no-decision-group-coming-close = Die Gruppe kommt zum Schluss.
no-decision-nothing-new-can-proposed = Jetzt kann nichts Neues vorgeschlagen werden.
no-decision-minutes-not-read-back = Das Protokoll wurde noch nicht vorgelesen.
no-decision-facilitator-can-do = Das kann die Leitung tun.

## not_now.rs: Why something about turns can't be done now, and what to do next.

# Why something about turns can't be done now, and what to do next.
not-now-ask-speak = Um das Wort zu erbitten, { $ask }.
not-now-said-already = Das hast du schon gesagt.
not-now-facilitator-sees = Die Leitung sieht es.
not-now-not-asked-speak = Du hast nicht um das Wort gebeten.
not-now-nothing-being-asked-moment = Gerade wird nichts gefragt.
not-now-will-told-when-something = Du erfährst es, wenn etwas gefragt wird.
not-now-group-being-asked-already = Die Gruppe wird schon gefragt.
not-now-all-stay-muted-longer = Alle bleiben länger stumm, wenn die meisten hier Ja sagen.
not-now-everybody-but-muted-moment = Alle außer dir sind gerade stumm.
not-now-let-everybody-speak-first = Lass zuerst alle sprechen, oder gib jemandem den Redestab.
not-now-everybody-may-speak = Alle dürfen sprechen.
not-now-nothing-change = Es gibt nichts zu ändern.
not-now-talking-stick-already = Der Redestab ist schon dort.
not-now-choose-someone-else-put = Wähle jemand anderen, oder leg ihn ab.
not-now-nobody-talking-stick = Niemand hat den Redestab.
not-now-facilitator-can-give-someone = Die Leitung kann ihn jemandem geben.
not-now-only-facilitator-whoever-talking = Nur die Leitung, oder wer den Redestab hat, kann ihn weitergeben.
not-now-raised-hands-order-already = Die Handzeichen stehen schon in dieser Reihenfolge.
not-now-no-hand-up-nobody = Niemand gibt ein Handzeichen oder bittet um das Wort.
not-now-will-see-when-somebody = Du siehst es, wenn es jemand tut.
not-now-round-under-way = Eine Runde läuft.
not-now-end = Um sie zu beenden, { $round }.
not-now-no-round-under-way = Es läuft keine Runde.
not-now-facilitator-can-begin-one = Die Leitung kann eine beginnen.
not-now-somebody-else-turn = Jemand anderes ist dran.
not-now-will-told-when-yours = Du erfährst es, wenn du dran bist.
not-now-last-round = Du bist in dieser Runde zuletzt dran.
not-now-can-pass-if-want = Wenn du nichts sagen möchtest, kannst du weitergeben.
not-now-time-cant-set = Diese Zeit geht nicht.
not-now-choose-10-1800-seconds = Wähle 10 bis 1800 Sekunden, oder keine.
not-now-agenda-full-points = Die Tagesordnung ist voll: Sie hat { $agenda } Punkte.
not-now-go-next-point-clear = Geh zum nächsten Punkt, oder leere die Tagesordnung.
not-now-cant-point-agenda = Das kann kein Punkt der Tagesordnung sein.
not-now-give-few-words-1 = Gib ihm ein paar Worte und 1 bis 480 Minuten.
not-now-no-agenda = Es gibt keine Tagesordnung.
not-now-add-point = Um einen Punkt hinzuzufügen, { $agenda }.
not-now-break-already = Es ist schon Pause.
not-now-end-2 = Um sie zu beenden, { $break }.
not-now-no-break = Es ist keine Pause.
not-now-back-already = Du bist schon zurück.
not-now-others-see = Die anderen sehen es.
not-now-break-cant-long-short = So lang oder so kurz kann eine Pause nicht sein.
not-now-choose-1-120-minutes = Wähle 1 bis 120 Minuten.
not-now-choose-1-720-minutes = Wähle 1 bis 720 Minuten.
not-now-no-end-set = Es ist kein Ende gesetzt.
not-now-set-one = Um eines zu setzen, { $bell }.
not-now-only-holder-talking-stick = Zu hören ist nur, wer den Redestab hat. Dein Mikrofon bleibt deshalb zu.
not-now-all-but-facilitator-muted = Alle außer der Leitung sind eine Weile stumm. Dein Mikrofon bleibt deshalb zu.

## panels.rs: The words on the screen's panels.

# Above the members.
panels-in-the-circle = Im Kreis
# Beside it.
panels-door-locked = Tür abgeschlossen
# I, in the list.
panels-you = Du
# Above those who wait.
panels-at-the-door = An der Tür
# Above the chat.
panels-chat = Geschrieben
# Above the words to compare.
panels-four-words = Vier Wörter zum Vergleichen
# Before a line that is being written.
panels-writing = schreiben:{" "}
# Above a page with the same.
panels-who-is-here = Wer hier ist
# Above a page with the same.
panels-your-line = Deine Verbindung
# Above a page with the same.
panels-ground-rules = Die Grundregeln
# Above a page with the same.
panels-what-is-proposed = Was vorgeschlagen ist
# Above a page with the same.
panels-the-minutes = Das Protokoll
# Above the minutes when they are read back.
panels-minutes-read = Das Protokoll wird vorgelesen
# Above a page with the same.
panels-what-is-private = Was privat ist
# Above a page with the same.
panels-the-agenda = Die Tagesordnung
# Above a page with the same.
panels-what-others-need = Was andere brauchen, um mitzumachen
# Above a page with the same.
panels-words-differ = Die Wörter sind verschieden
# Above the help.
panels-what-you-can-do = Was du jetzt tun kannst
# Above all keys and commands, of use now or not.
panels-everything = Alles, was du tun kannst
# Above the lines of a menu in the help, which stand behind a key.
panels-after = { $heading }, nach { $key }:
# Above the commands in the help, which are typed after a key.
panels-after-line-begins-command = Nach { $key } ist eine Zeile, die mit / beginnt, ein Befehl:
# How to end a line that is being written.
panels-send-stop = { $send } senden   { $stop } abbrechen
# What there is beyond the last row, or before the first.
panels-more = noch { $count }
# Alarms for which there is no row.
panels-more-vanished = noch { $count } plötzlich weg
# Newer chat below what is shown.
panels-rows-further-down = { $rows } Zeilen weiter unten
# How the others come in, while nobody else is here: a heading, and how to see an invitation.
panels-others-join-code = Andere kommen mit diesem Code herein
panels-invitation-send-them = Für eine Einladung zum Verschicken { $invite }.
# Beside somebody who waits.
panels-new-line = neue Verbindung?
panels-agreed = hat zugestimmt
panels-reads-rules = liest die Regeln
# Those for whom there is no row.
panels-more-2 = und noch { $count }
# What to know before a member is removed: a question, and a hint.
panels-someone-who-gone = Jemanden, der schon weg ist,
panels-anybody-code-can-knock = Wer den Code hat, kann wieder anklopfen. Um die Tür abzuschließen, { $lock }.
panels-remove-from-group = { $name } aus der Gruppe entfernen?
# What to know before the group is ended: a question, and a hint.
panels-if-something-decided-minutes = Wurde etwas entschieden, wird zuerst das Protokoll vorgelesen.
panels-end-group-everybody = Die Gruppe für alle beenden?
# What to know before somebody is turned away: a question, and a hint.
panels-someone-who-went-away = Jemanden, der schon weg ist,
panels-turn-away = { $name } abweisen?
panels-they-can-knock-again = Mit demselben Code ist ein neues Anklopfen möglich.
# Looking for the group: a heading, and what to know.
panels-looking-1 = Die Gruppe wird gesucht.
panels-looking-2 = Bei langsamer Verbindung kann das eine halbe Minute dauern.
panels-looking-3 = Du musst nichts tun.
# At the door.
panels-you-wait = Du stehst an der Tür und wartest darauf, hereingelassen zu werden.
# What the others know of me there.
panels-name-is-seen = Die Leitung sieht deinen Namen. Noch hört niemand jemanden.
# Above the ground rules, at the door.
panels-agreed-ground-rules = Du hast den Grundregeln zugestimmt.
panels-ground-rules-agree-them = Die Grundregeln. Um ihnen zuzustimmen, { $agree }:
# Where there is no room for all of them.
panels-how-group-decides = Wie diese Gruppe entscheidet: { $rules }.
# Where there is no room for any of them.
panels-read-ground-rules-agree = Um die Grundregeln zu lesen, { $rules }; um ihnen zuzustimmen, { $agree }.
# The sound check that can be done meanwhile; in short where there is little room.
panels-sound-check = Für eine Tonprobe { $check }.
panels-check-sound-meanwhile-two = Für eine Tonprobe inzwischen { $check }: zwei leise Töne und ein Pegel.
# Before the meter of the sound check.
panels-sound-check-2 = Tonprobe
# How long I was in the circle.
panels-circle = Du warst { $length } im Kreis.
# At the end.
panels-nothing-kept = Dein Mikrofon ist zu. ingle hat nichts von dem behalten, was gesagt oder geschrieben wurde.
# How much data has been used, and at what rate.
panels-far = { $rate }   bisher { $used }
# What goes on in a few words, before and after the circle.
panels-looking-group = Die Gruppe wird gesucht
panels-looking = sucht
panels-door = Du stehst an der Tür
panels-door-2 = an der Tür

# $all: "yes" if the key lets in everybody.
panels-lets-in = { $key }: { $all ->
    [yes] alle herein
   *[no] herein
}
panels-has-agreed = { $name } (zugestimmt)
# $locked: "yes" while the door is locked.
panels-how-many = { $count } im Kreis{ $locked ->
    [yes] , Tür abgeschlossen
   *[no] {""}
}

## practice.rs: What the practice members write. What they say aloud was recorded, and stands in `assets/voices`.

# The line. `whom` is the member it is about, and each way to do something is told with keys and as it is typed.
practice-say-hello-if-like = Sag Hallo, wenn du magst. Um dein Mikrofon zu öffnen, { $mic }.
practice-mute-member-chosen = Um das markierte Mitglied stummzuschalten, { $mute }.
practice-check-round-begin-one = Eine Anfangsrunde? Um sie zu beginnen, { $round }.
practice-my-hand-up-list = Meine Hand ist oben, wie die Liste zeigt. Für deine { $hand }.
practice-five-minutes-break = Fünf Minuten Pause
practice-agree-stand-aside = Um zuzustimmen, { $agree }; um beiseitezustehen, { $aside }.
practice-begin-break = Um eine Pause zu beginnen, { $break }.
practice-propose-something-yourself = Um selbst etwas vorzuschlagen, { $propose }.
practice-put-proposal-vote = Um über einen Vorschlag abstimmen zu lassen, { $vote }.
practice-practice-i-am-well = Das war nur zum Üben; mir geht es gut. Um zu sagen, dass sich jemand gekümmert hat, { $handled }.
practice-i-ask-speak-give = Ich bitte um das Wort. Um es mir zu geben, { $next }.
practice-all-us-muted-now = Wir sind jetzt alle stumm. Um es aufzuheben, { $unmute }.
practice-muted-now-lift = { $whom } ist jetzt stumm. Um es aufzuheben, { $unmute }.
practice-thank-i-can-speak = Danke, ich kann wieder sprechen.
practice-thank = Danke.
practice-out-group-now-we = { $whom } ist jetzt nicht mehr in der Gruppe. Wir machen weiter.
practice-now-out-too = Jetzt ist auch { $whom } nicht mehr da.
practice-i-see-hand-please = Ich sehe deine Hand. Bitte, sprich.
practice-hand-up-we-listening = Deine Hand ist oben. Wir hören zu.
practice-we-hear-well = Wir hören dich gut.
practice-thank-saying = Danke, dass du das sagst.
practice-i-can-read-thank = Ich kann dich lesen. Danke.
practice-yes-we-all-see = Ja, wir sehen alle, was du schreibst.
practice-thank-i-lead-now = Danke. Ich leite jetzt mit dir und übernehme, wenn deine Verbindung weg ist.
practice-thank-i-lead-moment = Danke. Ich leite einen Moment und gebe dir die Leitung dann zurück.
practice-thank-while-i-hold = Danke. Solange ich den Redestab habe, bin nur ich zu hören; dann gehört er wieder dir.
practice-we-see-no-words = Wir sehen, dass du da bist. Es braucht keine Worte.
practice-thank-only-i-can = Danke. Nur du und ich können das lesen.
practice-i-see-ask-help = Ich sehe, dass du um Hilfe bittest. Ich bin bei dir.
practice-i-pass-time-everybody = Ich gebe diesmal weiter. Das dürfen alle.
practice-yours-comes-first-i = Deiner geht vor. Ich ziehe meinen zurück.
practice-we-back-early-practice = Wir sind früher zurück, denn das ist nur Übung. Wenn du so weit bist, { $back }.
practice-i-cant-heard-just = Ich bin gerade nicht zu hören, also schreibe ich: Ich bin gern hier.
practice-i-read-i-agree = Ich habe es gelesen und stimme zu. Nimm dir die Zeit, die du brauchst.
practice-i-stand-aside-i = Ich stehe beiseite: Ich bin nicht dafür, halte es aber nicht auf.
practice-i-block-reword = So lege ich ein Veto ein. Um es umzuformulieren, { $amend }.
practice-could-said-more-plainly = Ließe es sich einfacher sagen?
practice-all-us-read-see = Wir haben es alle gelesen. Um zu sehen, ob wir uns einig sind, { $test }.

# Two ways to do something, by keys and by typing. $several: "yes" if the first takes several keys.
practice-or = { $several ->
    [yes] { $press }, oder { $typed }
   *[no] { $press } oder { $typed }
}

## presence.rs: The members who are there, and their lines.

# A member has come.
presence-is-here = { $name } ist da.
# A member's line is cut.
presence-away-line-cut-seat = { $name } ist weg: Die Verbindung ist unterbrochen. Der Platz bleibt frei.
# A member whose line was cut is back.
presence-back = { $name } ist zurück.
# A member who was away is back on a new line, and has the old place again.
presence-place-group-again-all = Du hast deinen Platz in der Gruppe wieder, mit allem, was dazugehört.
presence-back-new-line = { $name } ist zurück, mit neuer Verbindung.
# Somebody came in by the name of a member who is away.
presence-who-can-ask-if = Ist { $name } dieselbe Person wie { $was } vorhin? Du kannst fragen. Wenn ja, { $yes }: Dann gehören Platz, Stimme und Rolle von { $was } wieder ihr.
# A member has left, or is no longer waited for.
presence-gone = { $name } ist weg.
# Words get lost on a member's line.
presence-losing-words = Bei { $name } gehen Worte verloren.
# No words get lost on it any more.
presence-line-good-again = Die Verbindung von { $name } ist wieder gut.
# Another road carries my line than before.
presence-connected-by-slow-road = Du bist über den langsamen Weg verbunden (UDP ist hier gesperrt). Stimmen kommen etwas später.
presence-connected-by-fast-road = Du bist wieder über den schnellen Weg verbunden.
# My own line is back.
presence-line-back = Deine Verbindung ist wieder da.
# A line of chat.
presence-write = Du schreibst: { $text }
presence-writes = { $from } schreibt: { $text }

# $me: "yes" if it is my own hand. $place: its number among the raised hands.
presence-hand-up = { $me ->
    [yes] Deine Hand
   *[no] Die Hand von { $name }
} ist oben, Nummer { $place }.
presence-hand-down = { $me ->
    [yes] Deine Hand
   *[no] Die Hand von { $name }
} ist unten.

## reach.rs: From where the relay in this computer can be reached.

# From where, and what to do if that isn't enough.
reach-people-from-everywhere-can = Dieser Computer ist von überall zu erreichen: Das wurde von außen geprüft.
reach-computer-router-let-people = Dieser Computer und sein Router lassen Leute von überall herein, soweit sie es sagen; von außen geprüft wurde es nicht.
reach-if-somebody-cant-come = Wenn jemand nicht hereinkommt, trefft euch an einem Relay, das ihr alle erreicht, mit --relay HOST:PORT.
reach-only-people-own-network = Nur Leute in deinem eigenen Netz können hereinkommen: Nichts, was von außen geschickt wurde, ist angekommen.
reach-only-people-own-network-can = Nur Leute in deinem eigenen Netz können hereinkommen: Dein Router lässt von außen niemanden herein.
reach-let-router-pass-udp = Lass deinen Router den UDP-Port { $port } an diesen Computer weitergeben, oder trefft euch an einem Relay, das ihr alle erreicht, mit --relay HOST:PORT.
# The same as it is told by itself.
reach-invitation-says-now-how = Die Einladung sagt jetzt, wie man von außen hereinkommt. Um sie zu sehen, { $invite }.

## rejoined.rs: What is wrong with the sound of a member who came in again.

# The microphone's first second was full of noise.
rejoined-noisy = Dein Mikrofon hört viel Lärm um dich herum.
# What helps.
rejoined-noisy-help = Schließe ein Fenster, oder nimm ein Headset.

## relay.rs: Which relay it is.

# A relay that this computer has not met before.
relay-first-time-computer-meets = Dieser Computer trifft das Relay { $relay } zum ersten Mal. Er wird es an seinem Schlüssel erkennen: { $key }.
# A relay is called that nobody named.
relay-ingle-found-relay-network = ingle hat in diesem Netz ein Relay gefunden, { $relay }, und fragt dort nach deiner Gruppe.
relay-named-no-relay-ingle = Du hast kein Relay genannt. ingle fragt deshalb bei dem nach, das du zuletzt benutzt hast: { $relay }.
# The relay shows another key than last time, and perhaps a certificate.
relay-ask-whoever-runs-key = Frag nach dem Schlüssel, wer das Relay betreibt. Ist es { $key }, starte ingle neu mit --accept-relay-key und dem Schlüssel, der dir genannt wurde.
# The relay shows another key than the one that was to be accepted.
relay-relay-another-key-than = Das Relay { $relay } hat einen anderen Schlüssel, als dir genannt wurde. Es wurde nichts dorthin gesendet.
relay-key-please-check-whoever = Sein Schlüssel ist { $key }. Bitte frag nach, wer es betreibt, möglichst am Telefon.
# What was typed in answer is no key.
relay-not-key-relay = „{ $typed }“ ist nicht der Schlüssel eines Relays.
relay-write-all-told-8 = Schreib ihn ganz, wie er dir genannt wurde: 8 Gruppen zu vier Ziffern und Buchstaben.
# A line of the file of relays can't be read.
relay-line-cant-read-relay = Zeile { $line } von { $path } ist nicht lesbar. Ein Relay, das du schon kennst, kann deshalb neu wirken.
relay-please-remove-line = Bitte entferne diese Zeile.
# The file of relays can't be read.
relay-keys-relays-met-cant = Die Schlüssel der Relays, die du kennst, sind nicht lesbar: { $path }, { $why }.
relay-can-go-door-still = Du kannst weitermachen; die Tür prüft den Schlüssel des Relays trotzdem. Bitte richte oder entferne die Datei später.
# A relay's key can't be kept.
relay-key-relay-cant-remembered = Der Schlüssel des Relays { $relay } lässt sich nicht merken: { $path }, { $why }.
relay-can-go-but-next = Du kannst weitermachen, aber nächstes Mal erkennt dieser Computer das Relay nicht.
# The relay was started again, and the group waits for its members.
relay-relay-started-again-back = Das Relay wurde neu gestartet. { $back } von { $of } sind zurück; die Gruppe geht weiter, wenn die meisten da sind.
# It goes on.
relay-restored = Das Relay wurde neu gestartet. Die Gruppe geht weiter, wo sie war.

# $certified: "yes" if the relay has a certificate now.
relay-ask-for-key = Frag nach dem Schlüssel, wer das Relay betreibt, und tippe ihn hier ein. { $certified ->
    [yes] Danach genügt sein Zertifikat.{" "}
   *[no] {""}
}Zum Aufhören drücke Enter:{" "}
relay-another-key = Das Relay { $relay } hat einen anderen Schlüssel als letztes Mal{ $certified ->
    [yes] , jetzt mit einem Zertifikat für seinen Namen
   *[no] {""}
}. Es wurde nichts dorthin gesendet.

## roles.rs: Roles, and the members who lead the group.

# A role in words.
roles-facilitator = Leitung
roles-co-facilitator = Co-Leitung
roles-member = Mitglied
# A member has another role now.
roles-facilitator-now = Du leitest jetzt.
roles-co-facilitator-now-take = Du bist jetzt Co-Leitung: Du übernimmst, wenn die Verbindung der Leitung weg ist, und siehst, wenn jemand Hilfe braucht.
roles-member-like-all-others = Du bist jetzt ein Mitglied wie alle anderen.
roles-facilitator-now-2 = { $name } leitet jetzt.
roles-co-facilitator-now = { $name } ist jetzt Co-Leitung.
roles-member-like-all-others-now = { $name } ist jetzt ein Mitglied wie alle anderen.
# Door and floor are with another now.
roles-facilitator-2 = der Leitung
roles-hold-group-now-see = Du führst jetzt die Gruppe. Um zu sehen, was du tun kannst, { $help }.
roles-holds-group-now-facilitator = { $name } führt jetzt die Gruppe, als Leitung.
roles-line-lost-hold-group = Die Verbindung von { $away } ist weg. Du führst die Gruppe bis zur Rückkehr. Um zu sehen, was du tun kannst, { $help }.
roles-line-lost-holds-group = Deine Verbindung war weg. { $name } führt deshalb die Gruppe.
roles-line-lost-holds-group-until = Die Verbindung von { $away } ist weg. { $name } führt die Gruppe bis zur Rückkehr.
roles-no-facilitator-chair-group = Niemand leitet. Du hast deshalb den Vorsitz und kannst niemanden hereinlassen. { $how_to_choose }
roles-no-facilitator-who-longest = Niemand leitet. { $name } ist am längsten da und hat den Vorsitz; die Gruppe geht weiter. { $how_to_choose }
# How a group without a facilitator chooses one.
roles-more-than-half-choose = Mehr als die Hälfte von euch wählt, wer leitet: Um es selbst anzubieten, { $lead }.
# While nobody who leads is there: what one key does, or how far my choice is. `None` while somebody leads.
roles-no-facilitator-offer-yourself = Niemand leitet. Um es selbst anzubieten, { $lead }.
roles-no-facilitator-choose-lead = Niemand leitet. Um { $name } zu wählen{ $so_far }, { $lead }.
# The same for everybody, without the way.
roles-no-facilitator-group-chooses = Niemand leitet, und die Gruppe wählt. { $name }{ $so_far }.
roles-no-facilitator-group-yet = Niemand leitet, und die Gruppe muss noch wählen.
# The member who led before is here again, and I lead.
roles-who-led-group-before = { $name } hat die Gruppe vorher geleitet und ist wieder hier. Um { $name } diese Rolle wiederzugeben, { $yes }.
# For a member who doesn't lead, and looks for something to do about roles.
roles-facilitator-gives-roles-let = Die Leitung gibt die Rollen. Um über eine andere Leitung abstimmen zu lassen, { $vote }.
# My line was lost, and another has taken over.
roles-somebody-else = Jemand anderes
roles-line-lost-while-holds = Deine Verbindung war eine Weile weg. { $holder } führt die Gruppe. Um sie wieder zu übernehmen, { $take }.

# $me: "yes" if I chose myself. $needed: how many have to choose the same.
roles-you-chose = Du hast { $me ->
    [yes] dich selbst
   *[no] { $name }
} gewählt. { $needed } müssen dasselbe wählen.
# Without a full stop: roles-so-far may follow.
roles-you-offer = Du bietest an zu leiten
roles-you-choose = Du wählst { $chosen } für die Leitung
roles-offers = { $by } bietet an zu leiten
roles-chooses = { $by } wählt { $chosen } für die Leitung
roles-to-agree = Um zuzustimmen, { $lead }.
roles-so-far = ({ $count } von { $needed } nötigen)

## second_way.rs: My second way to the relay, in sentences.

# How both ways stand. $via: the interface of the second one, as this computer calls it.
second-way-carries = Stimmen gehen jetzt zwei Wege, über deine übliche Verbindung und { $via }: Was zuerst kommt, wird gehört. Das braucht doppelt so viele Daten.
second-way-first-silent = Über einen deiner zwei Wege, deine übliche Verbindung und { $via }, kommt nichts. Stimmen gehen über den anderen; alles Weitere wartet einen Moment.
second-way-looking = Nur einer deiner zwei Wege, deine übliche Verbindung und { $via }, führt zum Relay. ingle sucht den anderen weiter.
second-way-silent = Über einen deiner zwei Wege, deine übliche Verbindung und { $via }, kommt nichts. Der andere trägt alles.
second-way-same = Deine übliche Verbindung und { $via } sind gerade ein einziger Weg, also geht alles einmal darüber.
# The same with its figures.
second-way-figures = Auf dem zweiten Weg gehen { $loss } % von dem verloren, was du sendest, das Relay antwortet in { $rtt_ms } Millisekunden, und { $bytes } Daten wurden verbraucht.

## selection.rs: When a key has nobody to do something to, or nothing to send.

# Nobody is selected.
selection-nobody-selected = Niemand ist markiert.
selection-choose-someone-arrow-keys = Markiere zuerst jemanden mit den Pfeiltasten.
# The person who was selected at the door has gone.
selection-person-selected-no-longer = Die markierte Person wartet nicht mehr.
selection-choose-someone-else-arrow = Markiere jemand anderen mit den Pfeiltasten.
# I am selected, and can't be muted by myself.
selection-that-is-you = Das bist du.
selection-open-close-own-microphone = Um dein eigenes Mikrofon zu öffnen oder zu schließen, { $mic }.
# A question is to be answered with nothing.
selection-nothing-written-yet = Es ist noch nichts geschrieben.
selection-write-press-press-leave = Schreib es und drücke { $send }, oder drücke { $stop }, um es zu lassen.
# A letter was typed where a number is asked for.
selection-a-number-is-asked = Diese Taste tut hier nichts: Gefragt ist eine Zahl.
# Text was pasted where there is no line to write.
selection-nothing-to-write = Du hast Text eingefügt. Hier gibt es nichts zu schreiben; er wurde verworfen.
# Text was pasted: what becomes of it by these keys.
selection-pasted-text-sends-message = Du hast Text eingefügt. { $capital } sendet ihn als Nachricht, { $capital2 } verwirft ihn.
# Text was pasted that is longer than a line may be.
selection-pasted-characters-line-room = Du hast { $count } Zeichen eingefügt, und eine Zeile hat Platz für { $most }: Das Ende fehlt.

## settings.rs: Settings: where they are kept, and where each comes from.

# Where settings could be, but for the person's wish.
settings-no-place-settings-because = Hier ist kein Platz für Einstellungen, weil INGLE_CONFIG_DIR leer ist oder es kein Heimatverzeichnis gibt.
settings-set-ingle-config-dir = Setze INGLE_CONFIG_DIR auf ein Verzeichnis, oder lösche die Variable.
# The file was written.
settings-settings = Deine Einstellungen stehen in { $path }.
settings-every-line-explained-begins = Jede Zeile ist erklärt und beginnt mit #. Entferne das # bei denen, die du willst.
# The file before it is kept.
settings-file-now = Die Datei, die da war, heißt jetzt { $path }.
# There is one already.
settings-already-file-settings-nothing = Es gibt schon eine Datei mit Einstellungen: { $path }. Nichts wurde geändert.
settings-replace-keep-old-one = Um sie zu ersetzen und die alte daneben zu behalten: ingle config init --force.
# It could not be written.
settings-cant-written = { $path } lässt sich nicht schreiben: { $error }.
settings-make-room-disk-make = Mach auf der Festplatte Platz, oder erlaube dir, in das Verzeichnis zu schreiben.
# Whether the file is there.
settings-file-settings = Deine Datei mit Einstellungen: { $path }
settings-no-file-settings-ingle = Du hast keine Datei mit Einstellungen. „ingle config init“ schreibt eine: { $path }
settings-nothing-kept-computer-because = Auf diesem Computer wird nichts aufbewahrt, weil INGLE_CONFIG_DIR leer ist oder es kein Heimatverzeichnis gibt.
# What comes first.
settings-order = Eine Option auf der Befehlszeile geht vor der Umgebung, und die vor der Datei.
# Where a setting comes from.
settings-built-in = wie ohne Angabe
# The same.
settings-environment = Umgebung: { $name }
# The same.
settings-file-line = Datei: Zeile { $line }
# The same.
settings-chosen-at-home = in ingle gewählt
# A setting that has no value.
settings-not-set = nicht gesetzt
# The head of the file that config init writes, and what stands before what is only for hosts.
settings-sample-head =
    Einstellungen von ingle. Jede Zeile ist erklärt, und keine gilt, bevor du ihr # entfernst.
    Eine Option auf der Befehlszeile geht vor die Umgebung, und die vor diese Datei.
    Was gerade gilt, und woher es kommt, zeigt: ingle config

    Der erste Teil ist für jede Gruppe, zu der du gehst, die du öffnest oder mit der du übst. Unter
    einer Überschrift wie [host] steht, was nur für diesen Befehl ist.
settings-sample-host = Nur für Gruppen, die du öffnest.
settings-sample-when = Dienstag 19:00
# The head of the file with what was chosen in ingle.
settings-chosen-head = Was du in ingle gewählt hast. Deine eigenen Einstellungen gehören in config.toml, die vorgeht.
# A manual page of what isn't there.
settings-no-command-no-page = Es gibt keinen Befehl „{ $command }“ und deshalb keine Seite darüber.
settings-ingle-help-lists-commands = ingle --help zeigt die Befehle.

## sign.rs: How a member is, in words.

# In words.
sign-away-coming-back = { $span } weg, kommt wieder
sign-muted-by-facilitator = stummgeschaltet
sign-speaking = spricht
sign-stick = hat den Redestab
sign-asks-speak = bittet ums Wort
sign-hand-up = Hand oben { $place }
sign-losing-words = verliert Worte
sign-s-behind = { $seconds } s Rückstand
sign-facilitator = Leitung
sign-co-facilitator = Co-Leitung
sign-holds-group = führt die Gruppe
sign-chair = Vorsitz
sign-microphone-open = Mikrofon offen
sign-microphone-closed = Mikrofon zu
sign-no-microphone = kein Mikrofon
sign-asks-help = bittet um Hilfe
sign-quiet = still

## spending.rs: What my line may cost, in sentences.

# What is chosen, and what an hour of it costs.
spending-voice-takes-much-data = Deine Stimme nimmt so viele Daten, wie sie braucht
spending-voice-takes-little-data = Deine Stimme nimmt so wenige Daten wie möglich
spending-voice-best-sound-least = Deine Stimme hat den besten Klang und die geringste Verzögerung, egal wie viele Daten das kostet
spending-plan = { $what } (Plan { $value }): { $hour }.
spending-about-mb-hour-talking = etwa { $clean } MB für eine Stunde Sprechen, und bis zu { $most } MB bei schlechter Verbindung
# What is chosen, and what else there is.
spending-with-it-is = Mit { $value } sind es { $hour }: { $plan }.
# A plan that there isn't.
spending-no-such-plan = Diesen Plan gibt es nicht.
spending-auto-thin-full-example = Es gibt auto, thin und full. Zum Beispiel: { $plan }.

## start.rs: What is asked and said before the screen opens, and why a session did not come about.

# The question for the relay.
start-which-relay = An welchem Relay trifft sich die Gruppe? HOST:PORT:{" "}
# The question for the name.
start-which-name = Wie sollen die anderen dich nennen?{" "}
# The practice group's name.
start-practice-group = Übungsgruppe
# The person's name in a rehearsal, if none was given.
start-practice-name = Du
# At the start of a rehearsal, so that nobody takes the five for people.
start-rehearsal = Das ist eine Probe: Die fünf, die dazukommen, sind aufgenommene Stimmen, und nichts verlässt diesen Computer.
# At the start of a host whose program ended without a goodbye, with the question whether to go back.
start-ingle-ended-without-goodbye =
    ingle ist hier ohne Abschied zu Ende gegangen, während du Gruppe { $number } bei { $relay } geleitet hast.
    Die Gruppe geht vielleicht ohne dich weiter. Jemand dort muss dich hereinlassen; dann kannst du
    deinen Platz und deine Rolle zurückbekommen, wenn du denselben Namen wie vorher benutzt.
    Tippe ihre drei Wörter, um zurückzugehen, oder drücke Enter für eine neue Gruppe:{" "}
# The same where nothing can be asked.
start-ingle-ended-without-goodbye-while = ingle ist hier ohne Abschied zu Ende gegangen, während du Gruppe { $number } bei { $relay } geleitet hast; sie geht vielleicht ohne dich weiter. Um zurückzugehen, verlasse diese Gruppe und nimm den alten Code mit demselben Namen: ingle join { $number }-WORD-WORD-WORD --relay { $relay }.
# The code of another group was typed.
start-words-group-needed = Gebraucht werden die Wörter von Gruppe { $number }.
# No code, and nobody to ask for one.
start-no-code-join = Es fehlt ein Code, um hereinzukommen.
start-write-after-join-ingle = Schreib ihn nach join: ingle join 4821-otter-lamp-violin.
# What was typed is no code; `why` is a sentence.
start-check-code-ask-whoever = Prüfe den Code, oder lass ihn dir von der Person vorlesen, die dich eingeladen hat.
# A name that would be taken for somebody or something else.
start-nobody-can-called-since = „{ $name }“ kann hier niemand heißen, denn das ließe sich verwechseln.
start-choose-another-name-such = Wähle einen anderen Namen, zum Beispiel deinen Vornamen.
# The same, with the question once more.
start-please-try-again =
    { $why }
    Bitte versuche es noch einmal:{" "}
# No relay, and nobody to ask for one; `looked` if none was found on this network.
start-paste-whole-invitation-write = Füge die ganze Einladung ein, oder schreib das Relay hinter den Code: --relay HOST:PORT.
# The key of this computer's relay can't be kept; `why` is a sentence.
start-computer-relay-new-key = { $why } Das Relay dieses Computers hat deshalb diesmal einen neuen Schlüssel, und Gäste, die es schon kennen, werden gewarnt.
# Said while relays are looked for, before the screen opens.
start-looking = Es ist kein Relay genannt. ingle sucht deshalb eines in diesem Netz.
# No relay on this network, nor the one that was used last, has led to the group's door.
start-none-relays-ingle-found = Keines der Relays, die ingle gefunden hat, antwortet für deine Gruppe.
# This computer is to be the relay, and has no network.
start-no-network = Dieser Computer hat gerade kein Netz. Nur Programme auf ihm können dazukommen.
# How a rehearsal goes on without a device; `error` is a sentence about it, and `speaker` whether the speaker is missing.
start-see-who-speaks = Um zu sehen, wer spricht, { $who }.
start-can-still-hear-others = Du kannst die anderen trotzdem hören.
# The same for a screen, which shows it by itself.
start-screen-shows-who-speaking = Der Bildschirm zeigt, wer spricht.
# How a session goes on where devices are missing or can't be used; `error` is a sentence about it.
start-can-read-write-screen = Du kannst lesen und schreiben, und der Bildschirm zeigt, wer spricht.
start-can-listen-write = Du kannst zuhören und schreiben.
start-can-speak-write-screen = Du kannst sprechen und schreiben, und der Bildschirm zeigt, wer spricht.
start-what-plug-now-found = { $error } { $can } Was du jetzt ansteckst, wird von selbst gefunden.
# The system refused something that it always gives.
start-ingle-cant-run-computer = ingle kann auf diesem Computer nicht laufen: { $error }.
start-close-other-programs-restart = Schließe andere Programme, oder starte den Computer neu, und versuche es noch einmal.
# There is nobody to show anything to.
start-nobody-reads-what-ingle = Niemand liest mehr, was ingle schreibt. Es hat deshalb die Gruppe verlassen.
start-start-terminal-keep-program = Starte es in einem Terminal, oder lass das Programm laufen, das seine Ausgabe liest.
# Nothing can be typed any more, and the session goes on.
start-stay-group-hear-microphone = Du bleibst in der Gruppe und hörst sie, mit geschlossenem Mikrofon. Um zu gehen, beende ingle.
# Told beside the output, while nothing of that is read.
start-nobody-reads-what-ingle-writes = Niemand liest gerade, was ingle schreibt. Dein Mikrofon ist deshalb zu. Du bleibst in der Gruppe und hörst sie.
# What was written stood still for a while.
start-nothing-could-shown-while = Hier ließ sich eine Weile nichts anzeigen. Dein Mikrofon ist deshalb zu.
start-stays-closed-until-open = Es bleibt zu, bis du es öffnest.
# A fault of the program, at this place in its source.
start-ingle-stopped-because-fault =
    ingle hat wegen eines eigenen Fehlers aufgehört ({ $place }).
    Dein Mikrofon ist zu. Bitte komm wieder herein.
# What to do when the sound has failed in a session.
start-sound-failed = Du kannst weiter schreiben. Um wieder zu hören und zu sprechen, geh und komm zurück.

# A link was opened: the question whether to follow it. $named: "yes" if it names the relay.
start-follow-link =
    Ein Link möchte zur Gruppe { $number }{ $named ->
        [yes] {" "}bei { $relay }
       *[no] {""}
    }.
    Das Relay sieht dann die Adresse dieses Computers, und wer die Gruppe leitet, sieht deinen Namen.
    Tippe ja, wenn du das erwartet hast, oder drücke Enter zum Aufhören:{" "}
# $looked: "yes" if a relay was looked for on this network, too.
start-relay-missing = Es ist nicht bekannt, an welchem Relay sich die Gruppe trifft{ $looked ->
    [yes] , und in diesem Netz gibt es keines
   *[no] {""}
}.
# $was_open: "yes" if the microphone was open until now.
start-input-over = Hier lässt sich nichts mehr tippen{ $was_open ->
    [yes] ; dein Mikrofon ist deshalb zu
   *[no] {""}
}.

## status.rs: The group, told in sentences.

# The members who speak now, in one sentence without a full stop, and since when the first of them does.
status-line-cut-coming-back = Deine Verbindung ist weg; kommt wieder
status-nobody-speaking = Niemand spricht
# The same in fewer words, where the names of all who speak don't fit.
status-nobody = Niemand
status-you = Du
# Everybody in the circle, a line each, in the order of the screen: arrival, and I last.
status-circle = Im Kreis: { $order }.
status-door = An der Tür: { $names }.
status-door-locked = Die Tür ist abgeschlossen.
# My line, in sentences.
status-sending-receiving-kilobits-second = Gesendet werden { $up_kbps }, empfangen { $down_kbps } Kilobit in der Sekunde.
status-what-send-lost-way = { $value } % von dem, was du sendest, gehen unterwegs verloren, und { $value2 } % von dem, was zu dir kommt.
status-relay-answers-within-milliseconds = Das Relay antwortet in { $rtt_ms } Millisekunden.
status-sound-held-back-milliseconds = Der Ton wird { $playout_ms } Millisekunden zurückgehalten, um Lücken zu überbrücken.
status-data-used-far = Bisher { $bytes } Daten verbraucht.
# How I am heard, as far as it's known: "7 of 8 hear you. Ben is losing words." `None` while nobody has said.
status-heard = Du wirst gehört.
status-nobody-hears-everything-say = Gerade hört niemand alles, was du sagst.
status-all-hear = Alle { $of } hören dich.
status-hear = { $hear } von { $of } hören dich.
# The same in few words, while not everybody hears me.
status-hear-2 = { $hear } von { $of } hören dich

# The members who speak now, without a full stop. In the last, $me is "yes" if I am one of $names.
status-you-are-speaking = Du sprichst
status-is-speaking = { $name } spricht
status-are-speaking = { $names } { $me ->
    [yes] sprecht
   *[no] sprechen
}
status-and-more = { $first } und noch { $others }
# A member in a list. $me: "yes" if that is me. $signs: words such as "speaking, hand up 1".
status-member = { $name }{ $me ->
    [yes] {" "}(du)
   *[no] {""}
}: { $signs }.
# How my line is. $slow: "yes" by the slow road.
status-no-line = Es gibt noch keine Verbindung.
status-line-cut = Deine Verbindung ist weg.
status-line-good = Deine Verbindung ist gut{ status-slow }.
status-line-fair = Deine Verbindung ist mäßig{ status-slow }.
status-line-poor = Deine Verbindung ist schlecht{ status-slow }.
status-slow = { $slow ->
    [yes] , über den langsamen Weg (UDP ist hier gesperrt)
   *[no] {""}
}
# $hear: how many hear me, in a sentence. $names: the members who lose words, and $count how many.
status-losing = { $hear } Bei { $count ->
    [one] { $names }
   *[other] { $names }
} gehen Worte verloren.

## strip.rs: The words for hardly any screen, in several lengths.

# What goes on, in a sentence and in a word or two.
strip-over = vorbei
strip-turn = Du bist dran
strip-turn-2 = du bist dran
strip-line-cut = Netz weg
strip-quiet = still
# The way to the help.
strip-help = { $help } Hilfe
# What I can do at the door, at length and in short.
strip-rules-agree-sound-check = { $rules } Regeln, { $agree } zustimmen, { $sound } Tonprobe
strip-agree = { $agree } zustimmen
# The keys that always work, in several lengths.
strip-rules-agree-sound = { $rules } Regeln   { $agree } zustimmen   { $sound } Ton   { $leave }
strip-agree-2 = { $agree } zustimmen  { $leave }
strip-mic = { $mic } Mikro   { $help }   { $leave }
# The words that are compared; `None` if nothing is asked of me.
strip-read-aloud = Lies vor: { $words }
strip-do-hear-same-not = Hörst du: { $words }? { $same } ja, { $differ } nein
strip-comparing = Vergleich
# Whether to leave, and hand over to the member of this name.
strip-leave-hand-over-end = Verlassen? { $yes } übergibt an { $next }, { $all } beendet für alle, { $no } bleibt
strip-leave-leads-end-stay = Verlassen? { $yes } { $next } leitet, { $all } Ende, { $no } bleibt
strip-leave-2 = weg? { $yes } { $no } { $all }
strip-leave-end-all = Verlassen? { $yes } { $no }, { $all } beendet für alle
strip-leave-group = Die Gruppe verlassen? { $yes } { $no }
strip-leave-3 = weg? { $yes } { $no }
# Whether to remove a member.
strip-someone-who-gone = Jemanden, der schon weg ist,
strip-remove = { $name } entfernen? { $yes } { $no }
strip-remove-2 = entfernen? { $yes } { $no }
# Whether to end the group.
strip-end-group-everybody = Die Gruppe für alle beenden? { $yes } { $no }
strip-end-all = für alle beenden? { $yes } { $no }
# Whether to turn somebody away.
strip-someone-who-went-away = Jemanden, der schon weg ist,
strip-turn-away = { $name } abweisen? { $yes } { $no }
strip-turn-away-2 = abweisen? { $yes } { $no }
# The keys that matter most, in place of the help.
strip-mic-2 = Mikro
strip-hand = Hand
strip-write = schreiben
strip-leave-4 = verlassen
strip-back = zurück
# The way back from a page.
strip-back-2 = { $key } zurück

strip-nobody-speaks = Niemand spricht
strip-speaks = { $name } spricht
# After a key.
strip-close = schließen
strip-leave = verlassen

## trouble.rs: What went wrong, and what to do next.

# What went wrong in one sentence, and what to do next in another.
trouble-only-facilitator-can-do = Das kann nur die Leitung.
trouble-can-ask-facilitator-aloud = Du kannst die Leitung bitten, laut oder schriftlich.
trouble-only-facilitator-can-do-chairing = Das kann nur die Leitung, und du hast nur den Vorsitz.
trouble-more-than-half-choose = Mehr als die Hälfte von euch wählt, wer leitet: Um es anzubieten, { $lead }.
trouble-would-change-nothing-already = Das würde nichts ändern: Es ist schon so, oder genug andere leiten die Gruppe.
trouble-see-who-leads = Um zu sehen, wer leitet, { $who }.
trouble-nobody-else-leads-group = Niemand sonst leitet hier die Gruppe. Es wurde also niemand verständigt.
trouble-tell-one-member = Um es einem Mitglied zu sagen, { $private }.
trouble-nobody-name-vanished-asked = Niemand mit diesem Namen war plötzlich weg oder bat um Hilfe.
trouble-see-who = Um zu sehen, um wen es geht, { $who }.
trouble-left-note-already-can = Du hast schon einen Zettel hinterlassen, und es kann nur einen geben.
trouble-once-can-write-one = Wenn du drin bist, kannst du einem Mitglied schreiben und sonst niemandem.
trouble-nobody-come-by-name = Niemand hier hat den Namen eines Mitglieds, das gerade weg ist.
trouble-during-secret-vote-no = Während einer geheimen Abstimmung wird kein Platz zurückgegeben.
trouble-hold-group-already = Du führst die Gruppe schon.
trouble-taking-back-facilitator-whose = Übernehmen kann, wer leitet und eine Weile ohne Verbindung war.
trouble-leads-group-now-not = { $name } leitet jetzt die Gruppe. Du kannst sie nicht einfach übernehmen.
trouble-if-led-before-ask = Wenn du sie vorher geleitet hast, bitte { $name }: Eine Taste dort gibt die Rolle zurück.
trouble-no-facilitator-group-choose = Niemand leitet. Die Gruppe muss wählen, wer leitet.
trouble-offer-yourself-more-than = Um es selbst anzubieten, { $lead }. Mehr als die Hälfte entscheidet.
trouble-leads-group-nobody-chosen = { $name } leitet die Gruppe. Es ist jetzt niemand zu wählen.
trouble-let-group-vote-another = Um über eine andere Leitung abstimmen zu lassen, { $motion }.
trouble-chosen-already = Du hast { $name } schon gewählt.
trouble-once-more-than-half = Es gilt, sobald mehr als die Hälfte dasselbe gewählt hat.
trouble-facilitator-muted-microphone-stays = Die Leitung hat dich stummgeschaltet. Dein Mikrofon bleibt deshalb zu.
trouble-ask-speak = Um das Wort zu erbitten, { $ask }.
trouble-nobody-door = Niemand steht an der Tür.
trouble-will-see-name-when = Du siehst den Namen, wenn jemand anklopft.
trouble-line-not-sent = Deine Zeile wurde nicht gesendet: „{ $start }{ $more }“.
trouble-please-write-again = Bitte schreib sie noch einmal.
trouble-not-done-because-group = Das wurde nicht getan, weil sich die Gruppe inzwischen geändert hat.
trouble-please-look-again-repeat = Bitte schau noch einmal hin, und wiederhole es, wenn es noch nötig ist.
trouble-too-much-once-earlier = Das war zu viel auf einmal; frühere Schritte sind noch unterwegs.
trouble-try-again-moment = Versuche es gleich noch einmal.
trouble-relay-not-answered-yet = Das Relay hat noch nicht geantwortet. ingle versucht es weiter, auch über den langsamen Weg.
trouble-if-takes-long-look = Dauert es lange, sieh nach, ob dieser Computer online ist und die Adresse des Relays stimmt.
trouble-line-cut-seat-kept = Deine Verbindung ist weg. Dein Platz bleibt anderthalb Minuten frei.
trouble-ingle-keeps-trying-microphone = ingle versucht es weiter. Ist dein Mikrofon offen, hören dich die anderen danach.
trouble-relay-being-started-again = Das Relay wird neu gestartet. Bitte bleib: Nichts geht verloren.
trouble-others-come-back-by = Du und die anderen kommt von selbst zurück, sobald es da ist.
trouble-no-new-groups-moment = Gerade lassen sich keine neuen Gruppen öffnen. Offene Gruppen gehen weiter.
trouble-ingle-opens-soon-can = Bitte warte: ingle versucht es weiter und öffnet deine, sobald es geht.
trouble-line-cut-long-seat = Deine Verbindung ist schon lange weg, dein Platz vielleicht auch. Dein Mikrofon ist zu.
trouble-ingle-keeps-trying-perhaps = ingle versucht es weiter. Vielleicht musst du wieder hereingelassen werden.
trouble-seat-given-up-while = Dein Platz wurde vergeben, während deine Verbindung weg war. Du stehst wieder an der Tür.
trouble-let-again = Du musst wieder hereingelassen werden.
trouble-let-again-microphone-stays = Du musst wieder hereingelassen werden. Dein Mikrofon bleibt zu, bis du es öffnest.
trouble-screen-may-show-something = Dein Bildschirm zeigt vielleicht etwas anderes, als die anderen sehen.
trouble-please-leave-join-again = Bitte geh und komm mit demselben Code wieder herein.
trouble-someone-may-intercepting-connection = Jemand fängt vielleicht die Verbindung der Person ab, die gerade anklopft.
trouble-please-let-nobody-now = Bitte lass vorerst niemanden herein, und sprich mit dieser Person am Telefon.
trouble-sound-changed-way-not = Der Ton von { $name } wurde unterwegs verändert und wird vorerst nicht abgespielt.
trouble-if-happens-again-meet = Wenn das noch einmal passiert, trefft euch an einem anderen Relay.
trouble-about-s-what-said = Etwa { $seconds } s von dem, was { $name } sagte, gingen unterwegs verloren.
trouble-can-ask-say-again = Du kannst { $name } bitten, es noch einmal zu sagen.
trouble-came = „{ $here }“ kam als „{ $signed }“ herein
trouble-ask-everybody-say-their = Bitte alle, ihren Namen zu sagen, bevor du mehr sagst, und sag es der Gruppe.
# Why there is no connection in one sentence, and what to do next in another.
trouble-ingle-older-than-relay = Dieses ingle ist älter als das Relay.
trouble-please-install-newest-ingle = Bitte installiere das neueste ingle, und versuche es noch einmal.
trouble-relay-older-than-ingle = Das Relay ist älter als dieses ingle.
trouble-please-ask-whoever-runs = Bitte lass das Relay erneuern. Das kann, wer es betreibt.
trouble-no-group-code-moment = Gerade gibt es keine Gruppe mit diesem Code.
trouble-check-code-whoever-sent = Lass dir den Code noch einmal sagen; vielleicht ist die Gruppe noch nicht offen.
trouble-all-seats-group-taken = Alle { $members } Plätze dieser Gruppe sind besetzt.
trouble-try-again-when-someone = Versuche es wieder, wenn jemand gegangen ist, oder frag die Leitung.
trouble-door-group-locked-moment = Die Tür dieser Gruppe ist gerade abgeschlossen.
trouble-ask-facilitator-unlock-try = Bitte die Leitung aufzuschließen, oder versuche es später noch einmal.
trouble-many-people-door-right = Gerade stehen viele an der Tür.
trouble-please-try-again-minute = Bitte versuche es in einer Minute noch einmal.
trouble-line-lost-too-long = Deine Verbindung war zu lange weg. Dein Platz ist nicht mehr frei gehalten.
trouble-join-again-same-code = Komm mit demselben Code wieder herein; die Leitung lässt dich ein.
trouble-group-from-another-window = Du bist jetzt in einem anderen Fenster oder Gerät in dieser Gruppe.
trouble-carry-can-close-one = Mach dort weiter; dieses hier kannst du schließen.
trouble-facilitator-taken-out-group = Die Leitung hat dich aus der Gruppe genommen.
trouble-if-think-mistake-please = Wenn du das für einen Irrtum hältst, melde dich bitte bei der Leitung.
trouble-facilitator-ended-group = Die Leitung hat die Gruppe beendet.
trouble-thank-being = Danke, dass du da warst.
trouble-relay-being-started-again-moment = Das Relay wird gerade neu gestartet.
trouble-no-new-groups = Gerade lassen sich keine neuen Gruppen öffnen.
trouble-relay-cant-take-anyone = Das Relay kann gerade niemanden mehr aufnehmen.
trouble-please-try-again-few = Bitte versuche es in ein paar Minuten noch einmal.
trouble-ingle-relay-dont-understand = Dieses ingle und das Relay verstehen sich nicht.
trouble-please-install-newest-ingle-if = Bitte installiere das neueste ingle. Hilft das nicht, sag denen Bescheid, die das Relay betreiben.

# $shown: several of the next but one. $more: how many others there are.
trouble-misnamed = Die Liste der Mitglieder stimmt vielleicht nicht: { $shown }{ $more ->
    [0] {""}
   *[other] , und { $more } weitere auch unter anderen Namen
}.

## turn_blocks.rs: All that goes on about turns, block by block for a panel.

# All there is to show about turns, what matters most first.
turn-blocks-asking-speak = Bitten ums Wort
turn-blocks-not-heard-20-min = 20 min nicht zu hören
turn-blocks-now-2 = jetzt
turn-blocks-group-time-ends = Die Zeit der Gruppe endet
# Whether everybody stays muted for longer, while that is asked.
turn-blocks-yes = ja { $yes } von { $seats }
turn-blocks-stay-muted = Stumm bleiben? { $time }, { $line }
turn-blocks-stay-muted-longer = Länger stumm bleiben?
turn-blocks-yes-2 = ja
turn-blocks-back = zurück { $back } von { $seats }
turn-blocks-not-back = noch nicht zurück: { $missing }
turn-blocks-time-come-back = Zeit zurückzukommen
turn-blocks-break = Pause { $until }, { $back }
turn-blocks-break-2 = Pause  { $until }
turn-blocks-im-back = bin zurück
# Who alone is heard, if that is so.
turn-blocks-talking-stick = Du hast den Redestab
turn-blocks-stick = Du hast den Redestab
turn-blocks-pass = weitergeben
turn-blocks-talking-stick-2 = { $name } hat den Redestab
turn-blocks-all-but-facilitator-muted = Alle außer der Leitung sind stumm
turn-blocks-all-muted = Alle sind stumm { $until }
turn-blocks-number = du bist Nummer { $at }
turn-blocks-hands-up = Handzeichen
turn-blocks-hands-up-2 = Handzeichen: { $hands }

# Whom a round waits for while all of them are away. $names: "you" may be among them.
turn-blocks-waiting-for = es fehlt { $names }
# A round in one line. $now: the member whose turn it is, or the sentence above. $next: the member after that.
turn-blocks-round = Runde { $at } von { $all }: { $now }
turn-blocks-round-then = Runde { $at } von { $all }: { $now }, dann { $next }
# $brief: one of the two above. $place: my place, "3rd".
turn-blocks-round-mine = { $brief }, du { $place }
turn-blocks-now = jetzt { $name }
turn-blocks-then = { $line }, dann { $names }
turn-blocks-time-is-up = Zeit ist um
turn-blocks-you-are = du als { $place }
turn-blocks-of = { $at } von { $all }
# A point of the agenda.
turn-blocks-point = { $at } von { $all }: { $text }

## turns.rs: Turns to speak, in sentences.

# What a round is called.
turns-check-round = Anfangsrunde
turns-check-out-round = Schlussrunde
turns-round = Runde
# Why I am not heard though my microphone may be open; `None` if I am.
turns-facilitator-muted = die Leitung hat dich stummgeschaltet
turns-talking-stick = { $name } hat den Redestab
turns-all-but-facilitator-muted = alle außer der Leitung sind stumm
# To a member who talks and is muted.
turns-muted = du bist stummgeschaltet
turns-talking-but-nobody-hears = Du sprichst, aber niemand hört dich: { $why }.
# The facilitator's hint about a member who has not been heard.
turns-not-heard-20-minutes = { $name } war 20 Minuten nicht zu hören. Nur du siehst das.
# My own share of the time in which anybody spoke; nobody is told of another's.
turns-spoken-time-which-anybody = Von der Zeit, in der jemand sprach, hast du { $value } % gesprochen.
# What became of turns, in a sentence or two; `None` if it need not be said to this person.
turns-talking-stick-only-heard = Du hast den Redestab: Nur du bist zu hören. Um ihn weiterzugeben, { $stick }; um ihn abzulegen, { $stick2 }.
turns-talking-stick-only-heard-2 = { $name } hat den Redestab: Nur { $name } ist zu hören.
turns-talking-stick-down = Der Redestab ist abgelegt.
turns-talking-stick-down-everybody = Der Redestab ist abgelegt: Alle dürfen sprechen.
turns-facilitator-sees-would-like = Die Leitung sieht, dass du sprechen möchtest.
turns-facilitator-no-longer-sees = Die Leitung sieht nicht mehr, dass du sprechen möchtest.
turns-would-like-speak-give = { $name } möchte sprechen. Um { $name } das Wort zu geben, { $next }.
turns-raised-hands-come-order = Handzeichen kommen der Reihe nach dran.
turns-those-raised-hands-one = Bei Handzeichen kommt zuerst dran, wer am wenigsten zu hören war.
turns-next-speak = Du sprichst als Nächstes.
turns-next-speak-open-microphone = Du sprichst als Nächstes. Um dein Mikrofon zu öffnen, { $mic }.
turns-next-speak-2 = { $name } spricht als Nächstes.
turns-agenda-empty-now = Die Tagesordnung ist jetzt leer.
turns-agenda = Auf der Tagesordnung: { $names }.
turns-now-agenda = Jetzt auf der Tagesordnung: { $text }, { $minutes }.
turns-all-points-agenda-done = Alle Punkte der Tagesordnung sind erledigt.
turns-break-please-back-group = Pause: Bitte sei um { $clock } auf der Uhr der Gruppe zurück. Dein Mikrofon ist zu. Wenn du zurück bist, { $back }.
turns-time-come-back = Es ist Zeit zurückzukommen.
turns-time-come-back-not = Es ist Zeit zurückzukommen. Noch nicht zurück: { $names }.
turns-others-see-back = Die anderen sehen, dass du zurück bist.
turns-back = { $name } ist zurück.
turns-break-over = Die Pause ist vorbei.
turns-group-time-ends-clock = Die Zeit der Gruppe endet um { $clock } auf ihrer Uhr.
turns-group-time-no-longer = Die Zeit der Gruppe hat kein festes Ende mehr.
turns-five-minutes-left-time = Noch fünf Minuten: Zeit, zum Schluss zu kommen.
turns-group-time-up-take = Die Zeit der Gruppe ist um. Nimm dir einen Moment, um zu Ende zu sprechen.
# About a mute of all but the facilitator.
turns-all-others-muted = Alle anderen sind für { $time } stumm.
turns-all-but-facilitator-muted-ask = Alle außer der Leitung sind für { $time } stumm. Um das Wort zu erbitten, { $ask }.
turns-others-may-speak-again = Die anderen dürfen wieder sprechen. Dich hat die Leitung noch stummgeschaltet.
turns-everybody-may-speak-again = Alle dürfen wieder sprechen.
turns-group-asked-whether-all = Die Gruppe wird gefragt, ob alle noch einmal so lange stumm bleiben. Die meisten müssen Ja sagen.
turns-facilitator-asks-whether-all = Die Leitung fragt, ob alle noch { $time } stumm bleiben sollen. Wenn du zustimmst, { $yes }; wenn nicht, tu nichts.
turns-said-yes = Du hast Ja gesagt.
turns-too-few-said-yes = Zu wenige haben Ja gesagt. Es bleibt nicht länger stumm.
# About a round.
turns-turn-when-finished-say = Du bist dran. Wenn du fertig bist, { $done }; um nichts zu sagen, { $pass }; um später dranzukommen, { $later }.
turns-everybody-who-left-round = Alle, die in der Runde noch fehlen, sind weg. Sie sind dran, wenn sie zurück sind.
turns-passed = Du hast weitergegeben.
turns-passes = { $name } gibt weiter.
turns-round-gone-next-person = Die Runde ist zur nächsten Person gegangen.
turns-away-turn-once-back = { $name } ist weg und kommt nach der Rückkehr dran.
turns-round-goes-after = Die Runde geht nach { $name } weiter.
turns-turn-comes-end-round = Du kommst am Ende der Runde dran.
turns-turn-comes-end-round-2 = { $name } kommt am Ende der Runde dran.
turns-back-next-turn-yours = Du bist zurück und als Nächstes dran.
turns-back-next-turn = { $name } ist zurück und als Nächstes dran.
turns-time-up-take-moment = Deine Zeit ist um. Nimm dir den Moment, den du zum Ende brauchst.
turns-time-up-nothing-cut = Die Zeit von { $name } ist um. Nichts wird abgeschnitten.
turns-round-over-thank = Die Runde ist vorbei. Danke.
# The agenda, a line a point.
turns-no-agenda = Es gibt keine Tagesordnung.

# A number as it is said in a row.
turns-ordinal = { $number }.
# Lengths of time.
turns-minutes = { $count ->
    [one] { $count } Minute
   *[other] { $count } Minuten
}
turns-seconds = { $seconds ->
    [one] { $seconds } Sekunde
   *[other] { $seconds } Sekunden
}
# $kind: what the round is called. $each: the time for each.
turns-round-begins = Eine { $kind } beginnt. Alle sind einmal dran, und alle dürfen weitergeben.
turns-round-begins-timed = Eine { $kind } beginnt, mit { $each } für alle. Alle sind einmal dran, und alle dürfen weitergeben.
# $place: my own, "3rd".
turns-their-turn = { $name } ist dran.
turns-their-turn-and-mine = { $name } ist dran. Du bist als { $place } dran.
# A point of the agenda. $minutes: "10 minutes". $state: "done", "now" or "later".
turns-point = { $number }. { $text }, { $minutes }{ $state ->
    [done] , erledigt
    [now] , jetzt
   *[later] {""}
}.
turns-point-time = { $minutes } für „{ $text }“ sind um. Nichts wird abgeschnitten.

## typed.rs: What is wrong with a command that was typed, or can't be done now, and what to do next.

# At the door, after I was let in.
typed-circle-already = Du bist schon im Kreis.
typed-time-door = Das ist für die Zeit an der Tür.
# In the circle, before I am let in.
typed-not-circle-yet = Du bist noch nicht im Kreis.
typed-please-wait-until-let = Bitte warte, bis du hereingelassen wirst.
# In the circle, after I have left.
typed-no-longer-circle = Du bist nicht mehr im Kreis.
typed-can-knock-again-same = Du kannst mit demselben Code wieder anklopfen.
# A command that takes nothing, with something after it.
typed-stands-alone = /{ $typed } steht allein.
typed-type-by-itself = Tippe nur /{ $typed }.
# A command without what it needs; `argument` as the table has it.
typed-needs-more-words = /{ $typed } braucht mehr Worte.
# A command with what it can't take.
typed-what-stands-after-not = Was nach /{ $typed } steht, war nicht zu verstehen.
# No command; `near` is the only one that begins so, and `line` is all that stands after the slash.
typed-no = Es gibt kein /{ $value }.
typed-did-mean = Meintest du /{ $near }?
typed-see-what-send-line = Um zu sehen, was es gibt, { $help }; um die Zeile so zu senden, tippe /{ $line }.
typed-see-what-send-line-begin = Um zu sehen, was es gibt, { $help }; um die Zeile so zu senden, beginne sie mit //.
# More than fits into one line.
typed-letters-fit-please-use = Sie hat { $letters } Buchstaben, und { $most } passen. Bitte nimm weniger Worte oder zwei Teile.
typed-too-long-one-line = Das ist zu lang für eine Zeile und wurde nicht gesendet.
# More than fits into what only a few are to read.
typed-too-long-sealed-few = Das ist zu lang, um es für wenige zu versiegeln.
typed-please-say-letters-two = Bitte sag es in { $most } Buchstaben oder in zwei Teilen.
# Nobody in the circle has this name.
typed-nobody-called = Niemand hier heißt „{ $typed }“.
typed-here-are = Hier sind
# Several names begin so.
typed-several-names-begin = Mehrere Namen beginnen mit „{ $typed }“.
typed-type-little-more = Tippe etwas mehr:
# Nobody at the door has this name.
typed-nobody-door-called = Niemand an der Tür heißt „{ $typed }“.
typed-door = An der Tür:
# Several at the door have the same name; a number tells them apart.
typed-people-door-called = { $count } Personen an der Tür heißen „{ $name }“.
typed-first-them-second = Für die erste { $first }; für die zweite { $second }.
# I am the one who is meant to be removed.
typed-that-is-you = Das bist du.
typed-leave-end-group-everybody = Um zu gehen, { $leave }; um die Gruppe für alle zu beenden, { $close }.
# I am the one to whom I write.
typed-write-name-person = Schreib den Namen der Person, für die es ist.
# Only those who lead say what to do for others.
typed-can-say-only-yourself = Das kannst du nur für dich selbst sagen.
typed-tell-those-who-lead = Sag der Leitung, was für andere getan werden soll.
# There is nobody to compare words with.
typed-nobody-else = Es ist niemand sonst da.
typed-words-can-compared-once = Wörter lassen sich vergleichen, sobald jemand dazukommt.
# Nothing was missed.
typed-nothing-skip = Es gibt nichts zu überspringen.
typed-hear-everything-said = Du hörst alles sofort.
# The words to compare are not known yet.
typed-words-not-yet = Die Wörter sind noch nicht da.
typed-they-will-moment = Sie kommen gleich.
# I read the words, and don't answer.
typed-read-words-aloud = Du liest die Wörter vor.
typed-others-say-whether-they = Die anderen sagen, ob sie gleich sind.
# I have answered.
typed-answered-already = Du hast schon geantwortet.
typed-if-slip-facilitator-can = War es ein Versehen, kann die Leitung noch einmal vergleichen lassen.
# No words are being compared.
typed-nothing-being-compared-moment = Gerade wird nichts verglichen.
typed-facilitator-can-begin = Die Leitung kann damit beginnen.
# A hand that is up is raised, or one that is down lowered.
typed-hand-up-already = Deine Hand ist schon oben.
typed-lower = Um sie zu senken, { $hand }.
typed-hand-not-up = Deine Hand ist nicht oben.
typed-raise = Um sie zu heben, { $hand }.
# A door that is locked is locked, or one that isn't is unlocked.
typed-door-locked-already = Die Tür ist schon abgeschlossen.
typed-unlock = Um sie aufzuschließen, { $unlock }.
typed-door-not-locked = Die Tür ist nicht abgeschlossen.
typed-lock = Um sie abzuschließen, { $lock }.
# A muted member is muted, or one who isn't is let speak.
typed-muted-already = { $name } ist schon stumm.
typed-let-them-speak-again = Um das Mitglied wieder sprechen zu lassen, { $unmute }.
typed-not-muted = { $name } ist nicht stumm.
typed-see-who = Um zu sehen, wer stumm ist, { $who }.
# Somebody who is to lead is away, or the role isn't to be had.
typed-cant-take-over-from = { $name } kann jetzt nicht von dir übernehmen.
typed-choose-somebody-whose-line = Wähle jemanden mit guter Verbindung. Trifft sich die Gruppe über deinen Computer, kann niemand übernehmen.
# A point of the agenda without its minutes.
typed-point-agenda-needs-minutes = Ein Punkt der Tagesordnung braucht seine Minuten.
typed-add-one-example = Um einen hinzuzufügen, { $form }. Zum Beispiel: { $example }.
# The floor is to be given to a member who hasn't asked for it.
typed-no-hand-up-does = { $name } gibt kein Handzeichen und bittet nicht um das Wort.
typed-see-who-does-give = Um zu sehen, wer es tut, { $who }; um { $name } den Redestab zu geben, { $stick }.

# Between words one of which is to be typed.
typed-or = {" "}oder{" "}
# How a command is typed. $argument: what follows it. $alone: "yes" if it can stand alone.
typed-form = Tippe { $alone ->
    [yes] nur /{ $typed }, oder dazu { $argument }
   *[no] /{ $typed } { $argument }
}.
typed-choices-more = { $lead } { $names } und { $more } weitere.

## verbosity.rs: How much line mode tells of those who speak.

# What is told now.
verbosity-level-1-not-told = Stufe 1: Du erfährst nicht, wer spricht.
verbosity-level-2-told-who = Stufe 2: Du erfährst, wer zu sprechen beginnt.
verbosity-level-3-told-who = Stufe 3: Du erfährst, wer zu sprechen beginnt und wann niemand spricht.
# Nobody has spoken for a moment.
verbosity-nobody-speaks = Niemand spricht.
# On the screen there is nothing to choose.
verbosity-screen-shows-speakers = Der Bildschirm zeigt immer, wer spricht. Das ist für den Zeilenmodus.

# The members who begin to speak. $count: how many.
verbosity-speak = { $names } { $count ->
    [one] spricht
   *[other] sprechen
}.

## verify.rs: Comparing the four words, and what is private.

# The mark that every screen carries, at full length and short; both empty outside of the circle.
verify-private-not-verified = privat, nicht geprüft
verify-not-verified = ungeprüft
verify-comparing-words = Wörter im Vergleich
verify-comparing = Vergleich
verify-private-verified = privat, geprüft
verify-verified = geprüft
verify-not-verified-since-joined = ungeprüft, seit { $name } da ist
verify-words-differ-not-private = Wörter verschieden: nicht privat
verify-not-private = nicht privat
# The same in a sentence.
verify-four-words-not-compared = Die vier Wörter wurden noch nicht verglichen.
verify-four-words-being-compared = Die vier Wörter werden gerade verglichen.
verify-everybody-compared-four-words = Alle hier haben die vier Wörter verglichen: Die Gruppe ist geprüft.
verify-group-not-verified-since = Seit { $name } da ist, ist die Gruppe nicht geprüft.
verify-somebody-different-words-group = Jemand hat andere Wörter: Die Gruppe ist nicht privat.
# What to do with the words, in one sentence.
verify-read-these-four-words = Lies diese vier Wörter vor, langsam und der Reihe nach.
verify-reads-four-words-aloud = { $reader } liest vier Wörter vor. Wenn du genau diese hörst, { $same }; wenn nicht, { $differ }.
verify-thank-others-still-comparing = Danke. Die anderen vergleichen noch.
verify-facilitator = Die Leitung
# Before the words are known.
verify-words-come = Die Wörter sind gleich da.
# How it ended: what it means, and what to do next.
verify-all-hear-same-words = Alle { $count } hören dieselben Wörter: Niemand steht zwischen euch.
verify-does-not-cover-anybody = Das gilt nicht für alle, die später kommen; vergleicht dann noch einmal.
verify-hear-same-words-others = { $same } von { $of } hören dieselben Wörter; die anderen haben nicht geantwortet.
verify-nothing-wrong-facilitator-can = Daran ist nichts falsch. Die Leitung kann jederzeit noch einmal vergleichen lassen.
# What to do when the words differ.
verify-somebody-different-words-stranger = Jemand hat andere Wörter. Vielleicht hört eine fremde Person mit.
verify-please-say-nothing-private = Bitte sag ab jetzt nichts Privates.
verify-if-somebody-misheard-facilitator = Hat sich jemand verhört, kann die Leitung noch einmal vergleichen lassen.
verify-otherwise-close-group-open = Sonst schließt diese Gruppe und öffnet eine neue an einem anderen Relay. Schickt den neuen Code auf anderem Weg, zum Beispiel am Telefon.
# The comparison begins, for me if I take part.
verify-four-words-about-compared = Gleich werden die vier Wörter verglichen. Deine kommen sofort.
verify-about-read-four-words = { $name } liest gleich vier Wörter vor; bitte sei still und hör zu. Deine kommen sofort.
# The words in a sentence.
verify-words = Die Wörter: { $words }.
# I have answered.
verify-told-others-words-same = Du hast den anderen gesagt, dass deine Wörter gleich sind.
verify-told-others-words-different = Du hast den anderen gesagt, dass deine Wörter anders sind.
# What a listener said.
verify-hears-same-words = { $name } hört dieselben Wörter.
verify-hears-different-words = { $name } hört andere Wörter.
# What this version protects and what it doesn't, one sentence each.
verify-what-say-write-sealed = Was du sagst und schreibst, wird auf deinem Computer versiegelt, und nur die Mitglieder der Gruppe können es öffnen.
verify-whoever-runs-relay-cant = Wer das Relay betreibt, kann nicht mithören oder mitlesen, sieht aber Netzadressen und wer wann spricht.
verify-ingle-itself-records-nothing = ingle selbst nimmt nichts auf, weder hier noch dort.
# The same in a line, and how to read more.
verify-read-more = { $explain_privacy } Um mehr zu lesen, { $privacy }.
# All of it, on request.
verify-only-members-group-can = Nur die Mitglieder der Gruppe können die Stimmen hören und Namen, Nachrichten, Handzeichen und Antworten sehen: Alles ist von Mitglied zu Mitglied versiegelt.
verify-relay-carries-all-but = Das Relay trägt all das weiter, kann es aber nicht öffnen. Es sieht Netzadressen, wie viele ihr seid, wann jemand spricht und ungefähr wie laut, und dass die Leitung hereinlässt, entfernt, stummschaltet, abschließt oder beendet. Es kann auch seinen Dienst verweigern.
verify-comparing-four-words-adds = Der Vergleich der vier Wörter gibt mehr Sicherheit: Wenn ihr alle dieselben Wörter aus dem Mund der Leitung hört, steht niemand zwischen euch und hört mit.
verify-ingle-records-nothing-computer = ingle nimmt nichts auf, weder auf deinem Computer noch auf dem Relay. Kein Programm kann verhindern, dass sich ein anderes Mitglied merkt, was du sagst, oder es auf andere Weise aufnimmt.
# The words to compare could not be made.
verify-computer-too-little-free = Dieser Computer hat zu wenig freien Speicher, um die Wörter zu bilden.
verify-please-close-other-programs = Bitte schließe andere Programme, und bitte um einen neuen Vergleich.

# How far a comparison of words is. $missing: the members whose answer is missing.
verify-progress = { $done } von { $of } haben geantwortet.
verify-progress-missing = { $done } von { $of } haben geantwortet; es fehlen: { $missing }.

## qr.rs: The invitation: copying it, and showing it to a camera.


qr-copy-invite-help = Kopiere, was andere zum Mitmachen brauchen, und sieh es dir an.
qr-copy = kopieren
qr-copy-help = Auf der Einladung: kopiere sie.
qr-copy-short = die kurze kopieren
qr-copy-short-help = Auf der Einladung: kopiere die kurze Form, für eine SMS.
qr-picture = QR-Code
qr-picture-help = Auf der Einladung: zeige ihren Link als QR-Code, für eine Kamera.
qr-copy-command = Kopiert die Einladung oder ihre kurze Form in die Zwischenablage, wenn dein Terminal es erlaubt.
qr-copied = An die Zwischenablage geschickt. Ob sie es genommen haben, sagen Terminals nicht: Kommt beim Einfügen etwas anderes, dann markiere den Text unten und kopiere ihn wie sonst auch.
qr-copied-short = Die kurze Form ging an die Zwischenablage. Ob sie es genommen haben, sagen Terminals nicht: Kommt beim Einfügen etwas anderes, dann markiere den Text unten und kopiere ihn wie sonst auch.
qr-copied-in-sentences = An die Zwischenablage geschickt. Ob sie es genommen haben, sagen Terminals nicht. Kommt beim Einfügen etwas anderes, dann { $see }, um den Text zu sehen.
qr-no-clipboard = Von hier lässt sich nichts kopieren. Um die Einladung zu sehen, { $see }.
qr-heading = Für eine Kamera: der Link zum Mitmachen
# $columns, $rows: numbers.
qr-too-narrow = Der QR-Code braucht ein Fenster mit { $columns } Spalten und { $rows } Zeilen. Mach das Fenster größer oder die Schrift kleiner, oder schick stattdessen den Link:
qr-no-picture = Hierfür gibt es keinen QR-Code. Bitte schick die Einladung als Text.


## search.rs: Looking for something in the help.


search-begin = suchen
search-begin-help = In der Hilfe: suche ein Wort, etwa stumm oder Abstimmung.
search-done = fertig
search-done-help = Behalte, was gefunden wurde, und lies es.
search-stop = wieder alles
search-stop-help = Zeige wieder die ganze Hilfe.
# Before what is looked for.
search-heading = Suche:
search-nothing = Hier kommt „{ $wanted }“ nicht vor. Versuch ein kürzeres Wort oder ein anderes.
search-all-commands = Um alle Befehle zu sehen, { $help }.


## cue.rs: Soft sounds.


cue-heading = Leise Töne
cue-on = An: jemand kommt oder geht, oder du bist dran
cue-off = Aus


## theme.rs: Themes: the colours of the screen.


# After "It can be": what a colour can be.
theme-name-of-color = ein Name wie green
theme-nearest = Vielleicht meinst du { $nearest }.
theme-there-are = Es gibt { $names } oder eine eigene Datei: ingle config theme zeigt eine für den Anfang.
theme-none = Es gibt kein Farbschema „{ $chosen }“ und keine solche Datei.
# $parts: names of colours in a file; $least: a number.
theme-hard-to-read = Dein Farbschema ist für manche schwer zu lesen: { $parts }. Der Kontrast ist { $least } zu 1, und Text braucht 4,5.


## tour.rs: The tour through a rehearsal, as a practice member writes it: at most 80 letters each.


tour-offer = Für einen Rundgang von zwei Minuten schreib uns: tour
tour-welcome = Willkommen zum Rundgang. Wir zeigen dir eins nach dem anderen.
tour-ways = Um etwas auszulassen, schreib: skip. Um aufzuhören, schreib: stop
tour-proposal = Danach ein Tee
tour-open = Mikrofon öffnen: { $mic }.
tour-close = Jetzt wieder schließen: { $mic }.
tour-hand = Hand heben: { $hand }.
tour-help = Sehen, was du tun kannst: { $help }.
tour-round = Eine Runde beginnen: { $round }.
tour-finish = Du fängst an. Fertig? Dann { $done }.
tour-end = Die Runde beenden: { $round }.
tour-vote = Bo möchte abstimmen. Für Ja { $ballot }.
tour-open-seen = Gut. Solange es offen ist, hören wir dich.
tour-close-seen = Gut. Jetzt hört dich niemand.
tour-hand-seen = Wir sehen deine Hand. Genauso senkst du sie.
tour-help-seen = Gut. Sie beginnt mit dem, was du gerade tun kannst.
tour-round-seen = Eine Runde: Alle kommen einmal dran.
tour-finish-seen = Danke. Jetzt ist die nächste Person dran.
tour-end-seen = Die Runde ist vorbei.
tour-vote-seen = Deine Stimme ist da.
tour-skipped = Das lassen wir aus.
tour-over = Das war der Rundgang. Noch einmal? Dann schreib: tour
tour-stopped = Der Rundgang endet hier. Noch einmal? Dann schreib: tour


## help.rs: What `ingle --help`, the manual pages and the file of settings say of commands and options.


# Commands: what each does, without a full stop, since they stand in lists.
help-ingle = Triff deine Gruppe per Stimme im Terminal: Ein Code öffnet eine Gruppe, und mit ihm kommen alle herein
help-ingle-long =
    { help-ingle }.

    Ohne Befehl fragt ingle, was du tun möchtest.
help-host = Eine Gruppe öffnen, einen Code für die anderen bekommen und sie hereinlassen
help-join = Mit dem Code, den du bekommen hast, zu einer Gruppe gehen
help-rehearse = Alles mit einer Übungsgruppe ausprobieren, allein und ohne Netz
help-config = Deine Einstellungen zeigen, und woher jede kommt, oder eine Datei dafür anfangen
help-config-init = Eine Datei schreiben, in der jede Einstellung erklärt und keine gesetzt ist
help-config-theme = Ein Farbschema für den Bildschirm ausgeben, als Anfang für ein eigenes
help-doctor = Ton, Terminal, Relay und Uhr prüfen und sagen, was zu tun ist, wo etwas nicht stimmt
help-completions = Ausgeben, was eine Shell braucht, um Befehle von ingle zu vervollständigen
help-man = Die Handbuchseite ausgeben, oder alle in Dateien schreiben
help-help-command = Die Hilfe zu ingle oder zu einem Befehl zeigen

# Options and arguments: what each does, without its last full stop, which is added. What is typed stays as it is.
help-help = Diese Hilfe zeigen
help-version = Die Version zeigen
help-home-plain = In Sätzen fragen statt auf einem Bildschirm, für Screenreader
help-ascii = Nur mit einfachen Buchstaben und Zeichen zeichnen
help-language = Die Sprache, die ingle spricht; sonst die, in der dein System eingestellt ist
help-home-theme = Die Farben des Bildschirms: dark, light, ember, paper, contrast, oder eine eigene Datei
help-config-json = Ein JSON-Objekt statt einer Tabelle, für Programme
help-force = Eine vorhandene Datei ersetzen; sie bleibt neben der neuen
help-theme-name = Welches von denen, die ingle mitbringt
help-doctor-relay = Das Relay, das angerufen wird; sonst das zuletzt benutzte
help-doctor-mic = Das Mikrofon, nach dem gesucht wird
help-doctor-speaker = Der Lautsprecher, nach dem gesucht wird
help-doctor-json = Ein JSON-Objekt statt Sätzen, für Programme
help-shell = Für welche Shell
help-man-command = Die Seite dieses Befehls; sonst die von ingle selbst
help-dir = Stattdessen alle Seiten in diesen Ordner schreiben
help-host-relay = Das Relay, an dem ihr euch trefft; ohne diese Angabe ist dieser Computer das Relay, solange deine Gruppe da ist
help-accept-relay-key = Der neue Schlüssel des Relays, falls er sich geändert hat, wie du ihn von denen weißt, die es betreiben
help-listen = Wo dieser Computer als Relay erreichbar ist: ein Port, oder davor noch eine Adresse oder ein Name dieses Computers; sonst 4433
help-host-no-discovery = Das Relay nicht von selbst für Leute im Netz dieses Computers auffindbar machen
help-no-port-mapping = Den Router nicht bitten, Leute von außen hereinzulassen
help-check-via = Ein Relay anderswo, das prüft, ob dieser Computer von außen erreichbar ist
help-also-via = Auch über diese Netzwerkschnittstelle senden und empfangen, neben der üblichen: Gehört wird, was zuerst kommt. Braucht doppelt so viele Daten
help-title = Wie die Gruppe heißt
help-charter = Die Grundregeln der Gruppe: facilitated (angeleitet), shared (geteilt) oder peer (unter Gleichen), oder eine eigene Datei
help-when = Wann die Gruppe sich trifft, für die Einladung
help-help-number = Wen anrufen kann, wer nicht hereinkommt, für die Einladung
help-new = Ohne Rückfrage eine neue Gruppe anfangen, auch wenn ingle bei der letzten mittendrin abgebrochen ist
help-open-door = Alle hereinlassen, die den Code haben, ohne zu fragen
help-code = Der Code oder die ganze Einladung; ohne ihn wird danach gefragt, und so sehen ihn andere an diesem Computer nicht
help-join-relay = Das Relay, an dem ihr euch trefft, falls es nicht in der Einladung steht; sonst das zuletzt benutzte, oder eines in diesem Netz
help-join-no-discovery = Im Netz dieses Computers kein Relay suchen
help-tour = Mit einem Rundgang von zwei Minuten anfangen: sprechen, stummschalten, die Hand heben, bei einer Runde und einer Abstimmung mitmachen
help-name = Der Name, den die anderen sehen
help-mic = Mikrofon: ein Teil seines Namens, file:PFAD.wav (file:PFAD.wav,loop spielt die Datei immer wieder) oder null für keines
help-speaker = Lautsprecher: ein Teil seines Namens, file:PFAD.wav oder null für keinen
help-open-mic = Mit offenem Mikrofon anfangen
help-cues = Leise Klänge, wenn jemand kommt oder geht und wenn du dran bist: on (an), off (aus) oder auto, also aus, wenn der Ton in eine Datei geht
help-on-unplug = Wenn dein Kopfhörer abgezogen wird: pause, damit niemand neben dir die Gruppe hört, oder continue, also weiter über den Lautsprecher
help-plan = Wie deine Stimme gesendet wird: thin braucht am wenigsten Daten, full hat die kleinste Verzögerung
help-chain = Was mit deiner Stimme geschieht, bevor sie gesendet wird: Echo und Rauschen werden entfernt, die Lautstärke wird ausgeglichen; headset und speakers sagen, ob du mit Kopfhörer oder Lautsprecher hörst, off lässt alles, wie es ist
help-cpu = Wie viel von diesem Computer der Ton nehmen darf: low passt zu einem alten, high klingt am besten
help-plain = Sätze statt eines Bildschirms, für Screenreader
help-json = Ein JSON-Objekt je Zeile statt eines Bildschirms, für Programme
help-theme = Die Farben des Bildschirms: dark, light, ember, paper, contrast, oder eine eigene Datei, wie ingle config theme eine ausgibt
help-notify = Das Zeichen, wenn etwas auf dich wartet, etwa wenn du dran bist oder jemand an der Tür steht; es nennt niemanden
help-bind = Eine andere Taste für etwas: hand=h, oder mic=f5; je Taste einmal. Alle Namen stehen auf der Seite über Tasten (docs/keys.md)
help-seconds = Nach so vielen Sekunden gehen

# Behind what an option does: what it can be, what it is without, and which variable of the environment sets it.
help-one-of = Möglich: { $names }.
help-otherwise = Sonst { $value }.
help-environment = Auch als { $name } in der Umgebung.

# Headings.
help-usage = Aufruf:
help-any-options = [OPTIONEN]
help-commands = Befehle
help-arguments = Argumente
help-options = Optionen

# Headings of manual pages, in capitals.
help-man-name = NAME
help-man-synopsis = ÜBERSICHT
help-man-description = BESCHREIBUNG
help-man-commands = BEFEHLE
help-man-extra = BEISPIELE
help-man-version = VERSION

# What stands for a value, in capitals and without blanks.
help-value-host-port = HOST:PORT
help-value-key = SCHLÜSSEL
help-value-addr-port = ADRESSE:PORT
help-value-interface = SCHNITTSTELLE
help-value-text = TEXT
help-value-file = DATEI
help-value-number = NUMMER
help-value-a-code = CODE
help-value-a-name = NAME
help-value-device = GERÄT
help-value-choice = WAHL
help-value-a-language = SPRACHE
help-value-name-or-file = NAME|DATEI
help-value-action-key = NAME=TASTE
help-value-n = ZAHL
help-value-a-shell = SHELL
help-value-a-command = BEFEHL
help-value-directory = ORDNER


## examples.rs: Under the help of each command of the program: how it is used. At most 80 columns; what is typed stays as it is.


examples-ingle =
    Beispiele:
      ingle                                hier anfangen, wenn du neu bist
      ingle join 4821-otter-lamp-violin    mit deinem Code zu einer Gruppe
      ingle host --title "Abendkreis"      eine Gruppe öffnen, mit einem Code
      ingle doctor                         sehen, ob Ton und Netz in Ordnung sind
examples-host =
    Beispiele:
      ingle host --title "Abendkreis"      dieser Computer ist so lange das Relay
      ingle host --relay relay.example:4433
                                           an einem Relay, das immer da ist
      ingle host --when "Dienstag 19:00" --help-number "030 23125 000"
                                           mehr in die Einladung schreiben
examples-join =
    Beispiele:
      ingle join                           nach dem Code fragen: Niemand sieht ihn
      ingle join 4821-otter-lamp-violin    mit dem Code, den du hast
      ingle join 4821-otter-lamp-violin --relay relay.example:4433
                                           am Relay aus der Einladung
      ingle join --plain                   in Sätzen, für Screenreader
examples-rehearse =
    Beispiele:
      ingle rehearse                       mit fünf aufgenommenen Stimmen üben
      ingle rehearse --tour                mit einem kurzen Rundgang anfangen
      ingle rehearse --plain               dasselbe in Sätzen
      ingle rehearse --mic null --speaker null
                                           ohne Ton
examples-config =
    Beispiele:
      ingle config                         was eingestellt ist, und woher es kommt
      ingle config init                    eine Datei dafür anfangen
examples-config-init =
    Beispiele:
      ingle config init                    eine Datei für Einstellungen anfangen
      ingle config init --force            neu anfangen; die alte bleibt daneben
examples-config-theme =
    Beispiele:
      ingle config theme paper > mein.toml
                                           mit einem fertigen anfangen
      ingle --theme mein.toml              und es benutzen
examples-doctor =
    Beispiele:
      ingle doctor                         mit dem zuletzt benutzten Relay
      ingle doctor --relay relay.example:4433
                                           mit diesem
      ingle doctor --json                  für Programme
examples-completions =
    Beispiele:
      ingle completions bash > ~/.local/share/bash-completion/completions/ingle
      ingle completions fish > ~/.config/fish/completions/ingle.fish
examples-man =
    Beispiele:
      ingle man | man -l -                 die Seite von ingle lesen
      ingle man join | man -l -            die Seite von ingle join lesen
      ingle man --dir ~/.local/share/man/man1
                                           alle Seiten schreiben


## usage.rs: What is wrong with a command line, and what to do next.


# $word, $option, $one, $other, $what, $help: as they are typed.
usage-no-command = ingle hat keinen Befehl „{ $word }“.
usage-not-known = „{ $word }“ gibt es hier nicht.
usage-value-missing = Hinter { $option } fehlt, was es sein soll.
usage-no-value = { $option } kann nicht „{ $value }“ sein.
usage-can-be = Möglich: { $names }.
usage-twice = { $one } steht zweimal da.
usage-not-together = { $one } und { $other } gehen nicht zusammen.
usage-leave-one-out = Lass eines davon weg.
usage-missing = Hier fehlt: { $what }.
usage-not-understood = Dieser Befehl ist nicht zu verstehen.
usage-nearest = Vielleicht meinst du { $nearest }.
usage-see = { $help } zeigt, was man schreiben kann.
