package demo

// Reviewer is who the demo is best opened as: a manager whose team is part done and
// who has a rationale half written.
const Reviewer = "Devika Raghunathan"

// actor is somebody who is rated.
type actor struct {
	id      string // as an employer writes it: text, whatever it looks like
	name    string
	mailbox string // of the address, before the @
}

// cast is everybody who is rated. Which story and team each gets depends on the seed.
// Two share a name, and only their ids tell them apart.
var cast = [24]actor{
	{"000318", "Amaka Adebisi-Thorne", "amaka.adebisi-thorne"},
	{"000402", "Siobhán O'Rafferty", "siobhan.orafferty"},
	{"004711", "Wei Zhang", "wei.zhang"},
	{"011206", "Wei Zhang", "wei.zhang2"},
	{"000977", "小野寺 沙織", "saori.onodera"},
	{"001043", "Олена Кравчишин", "olena.kravchyshyn"},
	{"001188", "María Fernanda Echeverría de la Cruz Montalbán", "mf.echeverria"},
	{"X-0193", "Tāne Rangihuna", "tane.rangihuna"},
	{"001571", "Łucja Brzezińska", "lucja.brzezinska"},
	{"001602", "Jonas Lindkvist", "jonas.lindkvist"},
	{"002090", "Aylin Demirtaşoğlu", "aylin.demirtasoglu"},
	{"002214", "Thabo Mokgethi", "thabo.mokgethi"},
	{"002377", "Nguyễn Thảo Vy", "vy.nguyen"},
	{"002955", "맹하린", "harin.maeng"},
	{"003006", "Giulia Santagostino", "giulia.santagostino"},
	{"003140", "Kwabena Asiedu", "kwabena.asiedu"},
	{"003368", "Ελένη Καραβασίλη", "eleni.karavasili"},
	{"004019", "Sólveig Hallsdóttir", "solveig.hallsdottir"},
	{"X-0207", "Mateus Figueiró", "mateus.figueiro"},
	{"005523", "Hannah Whitcombe", "hannah.whitcombe"},
	{"005530", "Farrukh Yo‘ldoshev", "farrukh.yoldoshev"},
	{"006102", "ريم الدباغ", "reem.aldabbagh"},
	{"006845", "Noam Bar-Shalev", "noam.bar-shalev"},
	{"010001", "Ana", "ana"}, // who goes by one name
}

// teams are named so that they suit any trade. Team i is managed by reviewer i.
var teams = [4]string{"Atlas", "Beacon", "Cedar", "Harbour"}

// reviewer is somebody who rates. Reviewers are not among those who are rated here:
// their own session is that of the level above.
type reviewer struct {
	name   string
	lean   int      // percent of placements that are one higher (negative: lower) than most would place
	halo   bool     // sees one person, not several dimensions
	narrow bool     // stays near the middle of the scale
	knows  []string // how they come to know those whom they do not manage
	says   []string // what they alone say
}

// facilitator is the index of the reviewer who writes down what a session decides.
const facilitator = 5

// reviewers are the four managers, in the order of their teams, a director and a
// people partner.
var reviewers = [6]reviewer{
	{name: Reviewer, knows: standpoints.beside, says: sayings.fair},
	{name: "Marcus Oyelaran", lean: -60, knows: standpoints.beside, says: sayings.harsh},
	{name: "Chiara Montresor", lean: 60, knows: standpoints.beside, says: sayings.lenient},
	{name: "Ingrid Solbakken", knows: standpoints.beside, says: sayings.fair},
	{name: "Tomasz Wielgosz", halo: true, knows: standpoints.above, says: sayings.halo},
	{name: "Leilani Kahananui", narrow: true, knows: standpoints.above, says: sayings.narrow},
}
