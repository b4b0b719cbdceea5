//! The key schedule of RFC 9420, section 8, over our suite: `key-schedule.json`.

use mls_rs_core::crypto::CipherSuiteProvider;

use super::{bytes, cases, derive_secret, expand_with_label, number, suite, text};

#[test]
fn epochs_follow_from_each_other() {
    let suite = suite();
    for case in cases("key-schedule.json") {
        let mut init = bytes(&case, "initial_init_secret");
        let epochs = case["epochs"].as_array().unwrap();
        assert!(epochs.len() > 2);
        for epoch in epochs {
            let context = bytes(epoch, "group_context");
            let extracted = suite.kdf_extract(&init, &bytes(epoch, "commit_secret")).unwrap();
            let joiner = expand_with_label(&suite, &extracted, "joiner", &context, 32);
            assert_eq!(joiner, bytes(epoch, "joiner_secret"));
            let member = suite.kdf_extract(&joiner, &bytes(epoch, "psk_secret")).unwrap();
            assert_eq!(derive_secret(&suite, &member, "welcome"), bytes(epoch, "welcome_secret"));
            let secret = expand_with_label(&suite, &member, "epoch", &context, 32);
            for (label, field) in [
                ("sender data", "sender_data_secret"),
                ("encryption", "encryption_secret"),
                ("exporter", "exporter_secret"),
                ("external", "external_secret"),
                ("confirm", "confirmation_key"),
                ("membership", "membership_key"),
                ("resumption", "resumption_psk"),
                ("authentication", "epoch_authenticator"),
                ("init", "init_secret"),
            ] {
                assert_eq!(derive_secret(&suite, &secret, label), bytes(epoch, field), "{field}");
            }
            init = bytes(epoch, "init_secret");

            let (_, public) = suite.kem_derive(&bytes(epoch, "external_secret")).unwrap();
            assert_eq!(*public, *bytes(epoch, "external_pub"));

            let exporter = &epoch["exporter"];
            let derived = derive_secret(&suite, &bytes(epoch, "exporter_secret"), text(exporter, "label"));
            let context = suite.hash(&bytes(exporter, "context")).unwrap();
            let exported = expand_with_label(&suite, &derived, "exported", &context, number(exporter, "length"));
            assert_eq!(exported, bytes(exporter, "secret"));
        }
    }
}
