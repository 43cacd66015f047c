#!/bin/sh
# What a build needs besides Rust: C and C++ compilers, CMake and libclang (the solver HiGHS is C++, and its binding is
# made from its header). Checked before anything is compiled: a missing libclang would show only after minutes of C++.
# Installs what is missing with apt-get, as root or with sudo; where it cannot, it says what is missing.
set -u

has() { command -v "$1" >/dev/null 2>&1; }

# Where the build looks: the folder that is named, that of llvm-config, the usual ones.
libclang() {
  for dir in "${LIBCLANG_PATH:-}" "$(llvm-config --libdir 2>/dev/null)" /usr/lib/llvm*/lib /usr/lib /usr/lib64 /usr/lib/*-linux-gnu \
    /usr/lib64/llvm*/lib /usr/local/lib /usr/local/lib64 /usr/local/llvm*/lib /usr/local/opt/llvm*/lib /opt/homebrew/opt/llvm*/lib \
    /Library/Developer/CommandLineTools/usr/lib /Applications/Xcode.app/Contents/Developer/Toolchains/XcodeDefault.xctoolchain/usr/lib; do
    [ -n "$dir" ] || continue
    case $dir in *libclang*.so* | *libclang*.dylib) [ -e "$dir" ] && return 0 ;; esac
    for file in "$dir"/libclang.so* "$dir"/libclang-[0-9]*.so* "$dir"/libclang.dylib; do
      [ -e "$file" ] && return 0
    done
  done
  return 1
}

missing() {
  has cc || echo gcc libc6-dev
  has c++ || has g++ || has clang++ || echo g++
  has cmake || echo cmake
  libclang || echo libclang-dev
}

packages=$(missing)
[ -z "$packages" ] && exit 0

as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
if has apt-get && { [ -z "$as_root" ] || has sudo; }; then
  echo "installing what the build needs:" $packages
  quiet="env DEBIAN_FRONTEND=noninteractive"
  # The lists of packages may be missing or old.
  $as_root $quiet apt-get install -y $packages || { $as_root apt-get update && $as_root $quiet apt-get install -y $packages; }
fi

packages=$(missing)
[ -z "$packages" ] && exit 0
echo "The build needs what these Debian packages hold, by whatever name they go here:" $packages >&2
case $packages in
  *cmake* | *libclang*)
    echo "CMake and libclang also come with \`pip install cmake libclang\`: put cmake on PATH, and set LIBCLANG_PATH to the" >&2
    echo "folder of the library (python3 -c 'import clang, os; print(os.path.join(os.path.dirname(clang.__file__), \"native\"))')." >&2
    ;;
esac
exit 1
