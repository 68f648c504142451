# shellcheck shell=bash
# Sourced by the scripts of this folder: their options. Needs say and die.

# read_options FLAGS VALUED ARGUMENT...: sets the variable that is named after
# each option given, with _ for -: those in the list FLAGS to yes, those in
# VALUED to what follows. What is no option goes into the array `arguments`.
# --help prints the comment at the beginning of the script.
read_options() {
  local flags=" $1 " valued=" $2 " name
  shift 2
  arguments=()
  while (($# > 0)); do
    name=${1#--}
    case $1 in
      --help | -h)
        sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0"
        exit 0 ;;
      --*)
        if [[ $flags == *" $name "* ]]; then
          printf -v "${name//-/_}" yes
        elif [[ $valued == *" $name "* ]]; then
          (($# > 1)) || die "$1 needs a value"
          printf -v "${name//-/_}" %s "$2"
          shift
        else
          die "what is $1? --help lists the options"
        fi ;;
      -*) die "what is $1? --help lists the options" ;;
      *) arguments+=("$1") ;;
    esac
    shift
  done
}

# need_count OPTION: its value has to be a number above 0.
need_count() {
  [[ ${!1} =~ ^[1-9][0-9]*$ ]] || die "--$1 ${!1}: not a count"
}

# need_number OPTION: or 0.
need_number() {
  [[ ${!1} =~ ^[0-9]+$ ]] || die "--$1 ${!1}: not a number"
}

# need_no_arguments: options are all that there is.
need_no_arguments() {
  ((${#arguments[@]} == 0)) ||
    die "what is ${arguments[0]}? --help lists the options"
}
