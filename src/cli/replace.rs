//! Writing results so that nobody ever meets half of them.
//!
//! New files are complete on disk, under names of their own, before any takes its place. Then all files but
//! the first are put aside, the first takes its place, and then the others theirs. So whenever a run is ended,
//! by a signal or by power, each file is whole, and no file stands beside one of another run: at worst the
//! later files are missing. What an ended run leaves under names of its own is removed by the next one. While
//! one run writes into a folder, others wait.
//!
//! Results can be made again; what people wrote cannot. So files of a scenario take their places each over its old one
//! ([`Replacement::finish_over`]): none is missing at any moment, and if one cannot, those before it are put back. At
//! worst, after power or a signal ended it, some files are new and the others old.

use super::Failure;
use std::fmt::Display;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// Names of files that are not finished start and end like this.
const UNFINISHED: (&str, &str) = (".appraise-", ".unfinished");

/// Files of one folder that take their places together.
pub(super) struct Replacement {
    folder: PathBuf,
    /// Folders made for them, outermost first.
    made: Vec<PathBuf>,
    /// Held while writing; `None` where the file system has no locks.
    lock: Option<File>,
    /// Where each file goes, and the file.
    ready: Vec<(PathBuf, NamedTempFile)>,
}

impl Replacement {
    /// Makes the folder if need be, waits until no other run writes into it, and clears up what ended runs left.
    pub(super) fn begin(folder: &Path) -> Result<Self, Failure> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let missing = folder.ancestors().take_while(|f| !f.as_os_str().is_empty() && !f.exists());
        let mut made: Vec<PathBuf> = missing.map(Path::to_owned).collect();
        made.reverse();
        let mut new = Self { folder: folder.to_owned(), made, lock: None, ready: Vec::new() };
        fs::create_dir_all(folder).map_err(|e| failed("make the folder", folder, &e))?;
        // Windows cannot open folders, and some network drives cannot lock them: then nothing is cleared up.
        new.lock = File::open(folder).ok().filter(|f| f.lock().is_ok());
        if new.lock.is_some() {
            new.clear();
        }
        Ok(new)
    }

    /// Removes unfinished files. Under the lock nobody is writing them.
    fn clear(&self) {
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1) && entry.file_type().is_ok_and(|t| t.is_file()) {
                // If it cannot be removed it is litter, and no harm.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Writes a file to disk, to take its place later.
    pub(super) fn write(&mut self, name: &str, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        let shown = self.folder.join(name);
        let cannot = |e: &dyn Display| failed("write", &shown, e);
        match fs::metadata(&shown) {
            Ok(there) if there.is_dir() => return Err(cannot(&"there is a folder of that name")),
            // A device or a pipe takes what is written to it; it must not be replaced.
            Ok(there) if !there.is_file() => return straight(&shown, content).map_err(|e| cannot(&e)),
            Ok(there) if there.permissions().readonly() => return Err(cannot(&"it is read-only")),
            _ => {}
        }
        // A link stays a link; what it points to is replaced.
        let path = if shown.is_symlink() { fs::canonicalize(&shown).map_err(|e| cannot(&e))? } else { shown.clone() };
        let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let unfinished = tempfile::Builder::new().prefix(UNFINISHED.0).suffix(UNFINISHED.1).tempfile_in(parent);
        let file = unfinished.map_err(|e| cannot(&e))?;
        let mut buffer = BufWriter::with_capacity(1 << 18, file);
        content(&mut buffer).map_err(|e| cannot(&e))?;
        let file = buffer.into_inner().map_err(|e| cannot(e.error()))?;
        file.as_file().sync_all().map_err(|e| cannot(&e))?;
        readable(file.path(), &path);
        self.ready.push((path, file));
        Ok(())
    }

    /// Lets all files take their places.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        let ready = std::mem::take(&mut self.ready);
        let later: Vec<PathBuf> = ready.iter().skip(1).map(|(path, _)| path.clone()).collect();
        let mut aside = Aside::default();
        for (i, path) in later.iter().enumerate().filter(|(_, path)| path.is_file()) {
            aside.put(path, i)?;
        }
        for (path, file) in ready {
            file.persist(&path).map_err(|e| failed("write", &path, &e.error))?;
            // An old file must not come back beside the new first one.
            aside.forget();
        }
        self.made.clear();
        Ok(())
    }

    /// Lets each file take its place over its old one, which is there until then. If one cannot, all are again what they
    /// were.
    pub(super) fn finish_over(mut self) -> Result<(), Failure> {
        let ready = std::mem::take(&mut self.ready);
        let copies = ready.iter().map(|(path, _)| copy(path)).collect::<Result<Vec<_>, Failure>>()?;
        let mut done: Vec<(PathBuf, Option<TempPath>)> = Vec::new();
        for ((path, file), copy) in ready.into_iter().zip(copies) {
            if let Err(e) = file.persist(&path) {
                return Err(failed("write", &path, &put_back(done, &e.error)));
            }
            done.push((path, copy));
        }
        self.made.clear();
        Ok(())
    }
}

/// A second name for a file, which goes when it is dropped; `None` if there is no such file.
fn copy(path: &Path) -> Result<Option<TempPath>, Failure> {
    if !path.is_file() {
        return Ok(None);
    }
    let link = |to: &Path| match fs::hard_link(path, to) {
        // Some drives have no second names.
        Err(e) if e.kind() != ErrorKind::AlreadyExists => fs::copy(path, to).map(drop),
        other => other,
    };
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let made = tempfile::Builder::new().prefix(UNFINISHED.0).suffix(UNFINISHED.1).make_in(parent, link);
    made.map(|copy| Some(copy.into_temp_path())).map_err(|e| failed("replace", path, &e))
}

/// Undoes what is done of a replacement that failed, and says why it failed and what could not be undone.
fn put_back(done: Vec<(PathBuf, Option<TempPath>)>, cause: &io::Error) -> String {
    let mut told = cause.to_string();
    for (path, copy) in done.into_iter().rev() {
        let undone = match copy {
            Some(copy) => copy.persist(&path).map_err(|e| e.error),
            None => fs::remove_file(&path),
        };
        if let Err(e) = undone {
            told = format!("{told}; {} was replaced already and cannot be put back: {e}", path.display());
        }
    }
    told
}

/// Old files that are out of the way; they come back unless they are forgotten.
#[derive(Default)]
struct Aside(Vec<(PathBuf, PathBuf)>);

impl Aside {
    fn put(&mut self, path: &Path, number: usize) -> Result<(), Failure> {
        let kept = path.with_file_name(format!("{}{number}{}", UNFINISHED.0, UNFINISHED.1));
        fs::rename(path, &kept).map_err(|e| failed("replace", path, &e))?;
        self.0.push((path.to_owned(), kept));
        Ok(())
    }

    fn forget(&mut self) {
        for (_, kept) in self.0.drain(..) {
            // If it cannot be removed, the next run tries again.
            let _ = fs::remove_file(kept);
        }
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        for (path, kept) in self.0.drain(..) {
            let _ = fs::rename(kept, path);
        }
    }
}

impl Drop for Replacement {
    /// If the files did not take their places, nothing is left of them, nor of folders made for them.
    fn drop(&mut self) {
        self.ready.clear();
        for folder in self.made.iter().rev() {
            // Removes empty folders only.
            let _ = fs::remove_dir(folder);
        }
    }
}

fn failed(what: &str, path: &Path, cause: &dyn Display) -> Failure {
    Failure::File(format!("cannot {what} {}: {cause}", path.display()))
}

fn straight(path: &Path, content: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    content(&mut file)
}

/// Unfinished files are private; a new one is as readable as any file, and one that replaces another as that one is.
#[cfg(unix)]
fn readable(unfinished: &Path, place: &Path) {
    use std::os::unix::fs::PermissionsExt;
    let permissions = fs::metadata(place).map_or_else(|_| fs::Permissions::from_mode(0o644), |there| there.permissions());
    let _ = fs::set_permissions(unfinished, permissions);
}

#[cfg(not(unix))]
fn readable(_: &Path, _: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    fn replace(folder: &Path, run: usize) {
        let mut new = Replacement::begin(folder).ok().expect("a folder of our own");
        for name in ["first", "second", "third"] {
            assert!(new.write(name, |out| write!(out, "{run}")).is_ok());
        }
        assert!(new.finish().is_ok());
    }

    /// Whoever looks at any moment, and so also after the run was ended at that moment, never sees files of
    /// two runs side by side.
    #[test]
    fn files_of_two_runs_never_stand_side_by_side() {
        let folder = tempfile::tempdir().expect("a folder");
        let over = AtomicBool::new(false);
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).ok();
        let (mut seen, mut mixed) = (0, Vec::new());
        std::thread::scope(|scope| {
            scope.spawn(|| {
                (0..150).for_each(|run| replace(folder.path(), run));
                over.store(true, Ordering::SeqCst);
            });
            while !over.load(Ordering::SeqCst) {
                let (before, later, after) = (read("first"), [read("second"), read("third")], read("first"));
                // Only if the first file stayed the same were the others read beside it.
                if before.is_some() && before == after {
                    seen += 1;
                    mixed.extend(later.into_iter().filter(|l| l.is_some() && *l != before).map(|l| (before.clone(), l)));
                }
            }
        });
        assert!(seen > 100 && mixed.is_empty(), "{seen} looks, mixed: {mixed:?}");
        assert_eq!(read("third").as_deref(), Some("149"));
    }

    #[test]
    fn what_fails_on_the_way_changes_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let below = folder.path().join("deep/er");
        replace(&below, 1);
        let mut new = Replacement::begin(&below).ok().expect("a folder of our own");
        assert!(new.write("first", |out| write!(out, "2")).is_ok());
        assert!(new.write("second", |_| Err(io::Error::other("no ink"))).is_err_and(|e| said(&e).contains("no ink")));
        drop(new);
        assert_eq!(fs::read_to_string(below.join("first")).expect("there"), "1");
        assert_eq!(fs::read_dir(&below).expect("there").count(), 3);
        // Folders made for nothing go again.
        let fresh = folder.path().join("not/yet");
        drop(Replacement::begin(&fresh));
        assert!(!folder.path().join("not").exists());
    }

    /// Whoever looks at any moment, and so also after the program was ended at that moment, finds every file of a
    /// scenario.
    #[test]
    fn no_file_is_missing_while_it_is_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        replace(folder.path(), 1000);
        let over = AtomicBool::new(false);
        let (mut seen, mut faults) = (0, Vec::new());
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for run in 1001..1150 {
                    let mut new = Replacement::begin(folder.path()).ok().expect("a folder of our own");
                    for name in ["first", "second", "third"] {
                        assert!(new.write(name, |out| write!(out, "{run}")).is_ok());
                    }
                    assert!(new.finish_over().is_ok());
                }
                over.store(true, Ordering::SeqCst);
            });
            while !over.load(Ordering::SeqCst) {
                for name in ["first", "second", "third"] {
                    seen += 1;
                    let found = fs::read_to_string(folder.path().join(name));
                    faults.extend(found.map_or(Some(name.to_owned()), |text| (text.len() != 4).then_some(text)));
                }
            }
        });
        assert!(seen > 300 && faults.is_empty(), "{seen} looks, faults: {faults:?}");
        assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 3);
    }

    #[test]
    fn files_that_were_replaced_are_put_back_if_a_later_one_cannot_be() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join(name);
        fs::write(at("first"), "old").expect("writable");
        fs::write(at("third"), "old").expect("writable");
        let mut new = Replacement::begin(folder.path()).ok().expect("a folder of our own");
        for name in ["first", "fresh", "second", "third"] {
            assert!(new.write(name, |out| out.write_all(b"new")).is_ok());
        }
        // Something that no file can take the place of comes in between.
        fs::create_dir_all(at("second/below")).expect("writable");
        assert!(new.finish_over().is_err_and(|e| said(&e).contains("second")));
        for name in ["first", "third"] {
            assert_eq!(fs::read_to_string(at(name)).expect("there"), "old", "{name}");
        }
        assert!(!at("fresh").exists());
        assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_stays_as_private_as_it_was() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let mode = |name: &str| fs::metadata(folder.path().join(name)).expect("there").permissions().mode() & 0o777;
        fs::write(folder.path().join("second"), "old").expect("writable");
        for private in [0o600, 0o640] {
            fs::set_permissions(folder.path().join("second"), fs::Permissions::from_mode(private)).expect("own file");
            replace(folder.path(), 1);
            assert_eq!((mode("first"), mode("second")), (0o644, private));
        }
    }

    fn said(failure: &Failure) -> String {
        match failure {
            Failure::File(message) => message.clone(),
            _ => String::new(),
        }
    }
}
