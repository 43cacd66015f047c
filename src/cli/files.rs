//! Reading scenarios and writing results. A result file is replaced whole or not at all.

use super::Failure;
use super::replace::Replacement;
use crate::scenario::SourceFile;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// The files of a scenario, in the order of their names.
pub(super) fn load(path: &Path) -> Result<Vec<SourceFile>, Failure> {
    let shown = path.display();
    let kind = fs::metadata(path).map_err(|e| Failure::File(format!("cannot read the scenario {shown}: {e}")))?;
    if !kind.is_dir() {
        return Ok(vec![source(path)?]);
    }
    let entries = fs::read_dir(path).map_err(|e| Failure::File(format!("cannot read the folder {shown}: {e}")))?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|e| Failure::File(format!("cannot read the folder {shown}: {e}")))?;
        let file = entry.path();
        let extension = file.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        let hidden = entry.file_name().to_string_lossy().starts_with(['.', '~']);
        if !hidden && file.is_file() && matches!(extension.as_deref(), Some("toml" | "csv")) {
            paths.push(file);
        }
    }
    if paths.is_empty() {
        return Err(Failure::File(format!(
            "the folder {shown} holds no .toml or .csv file; `appraise new NAME` writes a scenario to start from"
        )));
    }
    paths.sort();
    paths.iter().map(|p| source(p)).collect()
}

fn source(path: &Path) -> Result<SourceFile, Failure> {
    let bytes = fs::read(path).map_err(|e| Failure::File(format!("cannot read {}: {e}", path.display())))?;
    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    Ok(SourceFile { name, bytes })
}

/// The content of a file.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|e| Failure::File(format!("cannot read {}: {e}", path.display())))
}

/// Names of what a folder holds, in order; `None` if nothing stands there.
pub(super) fn names(path: &Path) -> Result<Option<Vec<String>>, Failure> {
    let failed = |e: std::io::Error| Failure::File(format!("cannot read the folder {}: {e}", path.display()));
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(failed(e)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.push(entry.map_err(failed)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(Some(names))
}

/// Makes a folder with files in it, where there is none or an empty one: it is complete on disk before it
/// takes its place.
pub(super) fn new_folder(path: &Path, files: &[(&str, &[u8])]) -> Result<(), Failure> {
    let failed = |e: std::io::Error| Failure::File(format!("cannot make the folder {}: {e}", path.display()));
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Removed with what is in it, whatever goes wrong.
    let aside = tempfile::Builder::new().prefix(".appraise-").tempdir_in(parent).map_err(failed)?;
    let ready = aside.path().join("ready");
    fs::create_dir(&ready).map_err(failed)?;
    for (name, bytes) in files {
        let mut file = fs::File::create_new(ready.join(name)).map_err(failed)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    }
    if path.is_dir() {
        fs::remove_dir(path).map_err(failed)?;
    }
    fs::rename(&ready, path).map_err(failed)
}

/// Writes several results of one folder, so that they take their places together or not at all.
pub(super) fn replace(files: &[(PathBuf, &[u8])]) -> Result<(), Failure> {
    written(files)?.map_or(Ok(()), Replacement::finish)
}

/// Writes files of a scenario, each over its old one: none is missing at any moment, and all stay as they were if one
/// cannot be written.
pub(super) fn write_over(files: &[(PathBuf, &[u8])]) -> Result<(), Failure> {
    written(files)?.map_or(Ok(()), Replacement::finish_over)
}

/// Files on disk that are yet to take their places; `None` if there are none.
fn written(files: &[(PathBuf, &[u8])]) -> Result<Option<Replacement>, Failure> {
    let Some(folder) = files.first().and_then(|(path, _)| path.parent()) else { return Ok(None) };
    let mut replacement = Replacement::begin(folder)?;
    for (path, bytes) in files {
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        replacement.write(&name, |out| out.write_all(bytes))?;
    }
    Ok(Some(replacement))
}
