//! Digests of a scenario's files, for the record of a run.

use super::SourceFile;
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// SHA-256 of one file, hex.
#[must_use]
pub fn file(source: &SourceFile) -> String {
    hex(Sha256::digest(&source.bytes).as_slice())
}

/// SHA-256 over the names and digests of all files, in the order of their names, hex.
#[must_use]
pub fn all(sources: &[SourceFile]) -> String {
    let mut files: Vec<&SourceFile> = sources.iter().collect();
    files.sort_by(|a, b| a.name.cmp(&b.name));
    let mut hash = Sha256::new();
    for source in files {
        hash.update(source.name.as_bytes());
        hash.update([0]);
        hash.update(Sha256::digest(&source.bytes));
    }
    hex(hash.finalize().as_slice())
}

/// SHA-256 over texts in their order, each ended by a zero byte, hex.
#[must_use]
pub fn texts(texts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    hex(hash.finalize().as_slice())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_kept_apart() {
        // printf 'ab\0c\0' | sha256sum
        assert_eq!(texts(&["ab", "c"]), "629c2f14f654f026086f2aefe1855533d0897f49df86a19073be17b237361b09");
        assert_ne!(texts(&["ab", "c"]), texts(&["a", "bc"]));
    }

    #[test]
    fn the_digest_is_sha_256() {
        // FIPS 180-2, appendix B.1: SHA-256 of "abc".
        let abc = SourceFile { name: "a".into(), bytes: b"abc".to_vec() };
        assert_eq!(file(&abc), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
