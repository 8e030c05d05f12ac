package cli

import "github.com/spf13/cobra"

// newEnvironmentTopic is what “calibrate help environment” says.
func newEnvironmentTopic() *cobra.Command {
	return &cobra.Command{
		Use:   "environment",
		Short: "Variables of the environment that calibrate heeds",
		Long: `Variables of the environment that calibrate heeds. A flag wins over a variable, and a
variable over the settings (“calibrate config”).

  CALIBRATE_DB        the data file, as --db
  CALIBRATE_RUBRIC    the rubric, as --rubric: a file or a name
  CALIBRATE_REVIEWER  who decides, as --reviewer
  LOGNAME, USER, USERNAME
                      who decides, where nothing else says it

  VISUAL, EDITOR      the editor that ctrl+e opens on a long text; VISUAL is tried first

  NO_COLOR            set to anything: no colour
  CLICOLOR_FORCE      set to anything but 0: colour, also where there is no terminal
  COLORFGBG           what many terminals say of their colours: whether the background
                      is dark, where --theme is auto
  TERM, COLORTERM     how many colours the terminal has

  XDG_DATA_HOME       the folder of data: the data file is calibrate/calibrate.db in it
  XDG_CONFIG_HOME     the folder of settings: calibrate/config.yaml in it
  XDG_STATE_HOME      the folder of traces of crashes: calibrate/ in it

  SOURCE_DATE_EPOCH   the date of man pages, in seconds since 1970

On macOS and Windows the folders are those of the system unless the XDG variables name
others. “calibrate config” and “calibrate --help” print where they are.`,
	}
}

// newExitTopic is what “calibrate help exit-status” says.
func newExitTopic() *cobra.Command {
	return &cobra.Command{
		Use:   "exit-status",
		Short: "What the exit status and the two outputs tell scripts",
		Long: `The exit status of every command is

  0   what was asked for was done; so it is where there was nothing to print
  1   something went wrong, or a check found something: rubric check, doctor, and
      rubric lint with --strict
  2   the command was written wrongly: an unknown command or flag, a missing argument

Standard output has the result and nothing else: the id that was made, the table, the
records. Sentences for people and errors go to standard error. An error reads
“calibrate: what, where, what to do”; what is wrong in a file begins with file:line.

On a pipe there are no colours and no progress, and the columns are the same as on a
terminal. With --format json a result is JSON, one record a line where there may be
many.`,
	}
}
