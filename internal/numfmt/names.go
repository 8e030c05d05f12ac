package numfmt

import (
	"strings"
	"unicode/utf8"
)

// A language is what a code names in brackets, as its place in languages; 0 is English.
type language uint8

// A list is words with a space between each two.
type list string

// at returns a word, the first for 0.
func (l list) at(i int) string {
	rest := string(l)
	for ; i > 0; i-- {
		_, rest, _ = strings.Cut(rest, " ")
	}
	word, _, _ := strings.Cut(rest, " ")
	return word
}

func firstLetter(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return s[:size]
}

// languageOf finds a language by a Windows locale, whose last ten bits are the language,
// or by a tag. One that is not known is English.
func languageOf(id uint16, tag string) language {
	for i := range languages {
		if languages[i].id == id&0x3ff || strings.EqualFold(languages[i].tag, tag) {
			return language(i)
		}
	}
	return 0
}

type names struct {
	tag                 string
	id                  uint16
	months, shortMonths list // from January
	days, shortDays     list // from Sunday
}

// languages are laid out when the program is built, and cost its start nothing.
var languages = [...]names{
	{"en", 0x09,
		"January February March April May June July August September October November December",
		"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
		"Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
		"Sun Mon Tue Wed Thu Fri Sat"},
	{"de", 0x07,
		"Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
		"Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez",
		"Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag",
		"So Mo Di Mi Do Fr Sa"},
	{"fr", 0x0c,
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
		"janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
		"dimanche lundi mardi mercredi jeudi vendredi samedi",
		"dim. lun. mar. mer. jeu. ven. sam."},
	{"es", 0x0a,
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"ene feb mar abr may jun jul ago sep oct nov dic",
		"domingo lunes martes miércoles jueves viernes sábado",
		"dom lun mar mié jue vie sáb"},
	{"it", 0x10,
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
		"gen feb mar apr mag giu lug ago set ott nov dic",
		"domenica lunedì martedì mercoledì giovedì venerdì sabato",
		"dom lun mar mer gio ven sab"},
	{"nl", 0x13,
		"januari februari maart april mei juni juli augustus september oktober november december",
		"jan feb mrt apr mei jun jul aug sep okt nov dec",
		"zondag maandag dinsdag woensdag donderdag vrijdag zaterdag",
		"zo ma di wo do vr za"},
	{"pt", 0x16,
		"janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
		"jan fev mar abr mai jun jul ago set out nov dez",
		"domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado",
		"dom seg ter qua qui sex sáb"},
	{"pl", 0x15,
		"styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
		"sty lut mar kwi maj cze lip sie wrz paź lis gru",
		"niedziela poniedziałek wtorek środa czwartek piątek sobota",
		"niedz. pon. wt. śr. czw. pt. sob."},
	{"sv", 0x1d,
		"januari februari mars april maj juni juli augusti september oktober november december",
		"jan feb mar apr maj jun jul aug sep okt nov dec",
		"söndag måndag tisdag onsdag torsdag fredag lördag",
		"sön mån tis ons tor fre lör"},
	{"da", 0x06,
		"januar februar marts april maj juni juli august september oktober november december",
		"jan feb mar apr maj jun jul aug sep okt nov dec",
		"søndag mandag tirsdag onsdag torsdag fredag lørdag",
		"sø ma ti on to fr lø"},
	{"nb", 0x14,
		"januar februar mars april mai juni juli august september oktober november desember",
		"jan feb mar apr mai jun jul aug sep okt nov des",
		"søndag mandag tirsdag onsdag torsdag fredag lørdag",
		"søn man tir ons tor fre lør"},
	{"fi", 0x0b,
		"tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu joulukuu",
		"tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu",
		"sunnuntai maanantai tiistai keskiviikko torstai perjantai lauantai",
		"su ma ti ke to pe la"},
	{"cs", 0x05,
		"leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
		"led úno bře dub kvě čvn čvc srp zář říj lis pro",
		"neděle pondělí úterý středa čtvrtek pátek sobota",
		"ne po út st čt pá so"},
	{"hu", 0x0e,
		"január február március április május június július augusztus szeptember október november december",
		"jan. febr. márc. ápr. máj. jún. júl. aug. szept. okt. nov. dec.",
		"vasárnap hétfő kedd szerda csütörtök péntek szombat",
		"V H K Sze Cs P Szo"},
	{"tr", 0x1f,
		"Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
		"Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
		"Pazar Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi",
		"Paz Pzt Sal Çar Per Cum Cmt"},
	{"ro", 0x18,
		"ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
		"ian. feb. mar. apr. mai iun. iul. aug. sept. oct. nov. dec.",
		"duminică luni marți miercuri joi vineri sâmbătă",
		"dum. lun. mar. mie. joi vin. sâm."},
	{"sk", 0x1b,
		"január február marec apríl máj jún júl august september október november december",
		"jan feb mar apr máj jún júl aug sep okt nov dec",
		"nedeľa pondelok utorok streda štvrtok piatok sobota",
		"ne po ut st št pi so"},
	{"ru", 0x19,
		"Январь Февраль Март Апрель Май Июнь Июль Август Сентябрь Октябрь Ноябрь Декабрь",
		"янв фев мар апр май июн июл авг сен окт ноя дек",
		"воскресенье понедельник вторник среда четверг пятница суббота",
		"Вс Пн Вт Ср Чт Пт Сб"},
	{"uk", 0x22,
		"Січень Лютий Березень Квітень Травень Червень Липень Серпень Вересень Жовтень Листопад Грудень",
		"Січ Лют Бер Кві Тра Чер Лип Сер Вер Жов Лис Гру",
		"неділя понеділок вівторок середа четвер п'ятниця субота",
		"Нд Пн Вт Ср Чт Пт Сб"},
	{"el", 0x08,
		"Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
		"Ιαν Φεβ Μαρ Απρ Μαϊ Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
		"Κυριακή Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο",
		"Κυρ Δευ Τρι Τετ Πεμ Παρ Σαβ"},
	{"zh", 0x04,
		"一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月",
		"1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
		"星期日 星期一 星期二 星期三 星期四 星期五 星期六",
		"周日 周一 周二 周三 周四 周五 周六"},
	{"ja", 0x11,
		"1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
		"1月 2月 3月 4月 5月 6月 7月 8月 9月 10月 11月 12月",
		"日曜日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日",
		"日 月 火 水 木 金 土"},
	{"ko", 0x12,
		"January February March April May June July August September October November December", // as Excel does
		"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
		"일요일 월요일 화요일 수요일 목요일 금요일 토요일",
		"일 월 화 수 목 금 토"},
}
