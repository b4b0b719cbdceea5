//! Under the help of each command of the program: how it is used.

/// `ingle host`.
pub const HOST: &str = "\
Examples:
  ingle host --title \"Tuesday group\"            this computer is the relay while you host
  ingle host --relay relay.example:4433         meet at a relay that is always there
  ingle host --when \"Tuesday 19:00\" --help-number \"020 7946 0000\"
                                                say more in the invitation";

/// `ingle join`.
pub const JOIN: &str = "\
Examples:
  ingle join                                    ask for the code, which keeps it from others here
  ingle join 4821-otter-lamp-violin             with the code you were given
  ingle join 4821-otter-lamp-violin --relay relay.example:4433
                                                at the relay that the invitation names
  ingle join --plain                            in sentences, for screen readers";

/// `ingle rehearse`.
pub const REHEARSE: &str = "\
Examples:
  ingle rehearse                                practise with five recorded voices
  ingle rehearse --tour                         begin with a tour of two minutes
  ingle rehearse --plain                        the same in sentences
  ingle rehearse --mic null --speaker null      without sound";

/// `ingle config`.
pub const CONFIG: &str = "\
Examples:
  ingle config                                  what is set, and where it comes from
  ingle config init                             begin a file of settings";

/// `ingle config init`.
pub const CONFIG_INIT: &str = "\
Examples:
  ingle config init                             begin a file of settings
  ingle config init --force                     begin anew, and keep the old one beside it";

/// `ingle config theme`.
pub const CONFIG_THEME: &str = "\
Examples:
  ingle config theme paper > my.toml            begin with one that comes with ingle
  ingle --theme my.toml                         and use it";

/// `ingle doctor`.
pub const DOCTOR: &str = "\
Examples:
  ingle doctor                                  with the relay that was used last
  ingle doctor --relay relay.example:4433       with this one
  ingle doctor --json                           for programs";

/// `ingle completions`.
pub const COMPLETIONS: &str = "\
Examples:
  ingle completions bash > ~/.local/share/bash-completion/completions/ingle
  ingle completions fish > ~/.config/fish/completions/ingle.fish";

/// `ingle man`.
pub const MAN: &str = "\
Examples:
  ingle man | man -l -                          read the page of ingle
  ingle man join | man -l -                     read the page of ingle join
  ingle man --dir ~/.local/share/man/man1       write all pages";
