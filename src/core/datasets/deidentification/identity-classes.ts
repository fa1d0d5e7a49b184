import { listWords } from '../list-words.ts';
import { foldName } from '../tree/fold-name.ts';

/** What an attribute can tell about a person. */
export type IdentityClass =
  /** Names a person, or a key under which one can be looked up. */
  | 'direct'
  | 'date'
  /** Institutions, departments, stations, places of living. */
  | 'place'
  /** Free text: anything may stand there. */
  | 'text'
  /** Narrows the circle of persons without being needed for questions of bias. */
  | 'trait'
  | 'sex'
  | 'age'
  /** Make and settings of the device. */
  | 'device'
  /** How the picture was taken and stored, and of what part of the body. */
  | 'picture'
  /** The diagnosis, in whatever words. */
  | 'answer';

/**
 * Attributes by class, folded names between blanks. Column names and DICOM keywords alike; a DICOM attribute stands where the Basic Application
 * Confidentiality Profile (DICOM PS3.15, table E.1-1) acts on it, unless it only says how the picture was taken.
 */
const attributes: Readonly<Record<IdentityClass, string>> = {
  direct: `
    name patientname otherpatientnames patientbirthname patientmothersbirthname firstname lastname surname id pid
    patient patientid otherpatientids subject subjectid personid mrn ssn medicalrecordnumber medicalrecordlocator
    insurance insurancenumber issuerofpatientid email phone telephone patienttelephonenumbers fax militaryrank
    responsibleperson responsibleorganization accession accessionnumber studyid admissionid requestedprocedureid
    scheduledprocedurestepid performedprocedurestepid protocolid visitid casenumber lesionid filename file path
    studyinstanceuid seriesinstanceuid sopinstanceuid frameofreferenceuid deviceuid uid studyuid
    mediastoragesopinstanceuid synchronizationframeofreferenceuid referencedsopinstanceuid seriesuid
    deviceserialnumber detectorid plateid cassetteid gantryid generatorid physician doctor radiologist reader
    referringphysicianname performingphysicianname operatorsname operator nameofphysiciansreadingstudy
    physiciansofrecord requestingphysician consultingphysicianname`,
  date: `
    date time datetime timestamp year birthdate dateofbirth dob patientbirthdate yearofbirth patientbirthtime
    studydate studytime seriesdate seriestime acquisitiondate acquisitiontime acquisitiondatetime contentdate
    contenttime instancecreationdate instancecreationtime examdate performedprocedurestepstartdate
    performedprocedurestepstarttime dateoflastcalibration scandate timeoflastcalibration lastmenstrualdate
    admittingdate admittingtime dateofsecondarycapture`,
  place: `
    institution institutionname institutionaddress institutionaldepartmentname hospital clinic center centre
    department stationname station address patientaddress city zip zipcode postcode state region country
    countryofresidence regionofresidence location currentpatientlocation`,
  text: `
    comment comments note notes clinicalnotes othernotes report history description text patientcomments
    additionalpatienthistory imagecomments studycomments studydescription seriesdescription protocolname
    admittingdiagnosesdescription requestedproceduredescription performedprocedurestepdescription reasonforstudy
    derivationdescription acquisitioncomments framecomments specialneeds patientstate allergies medicalalerts`,
  trait: `
    weight height size bmi patientweight patientsize ethnicity ethnicgroup race religion
    patientreligiouspreference occupation language maritalstatus smokingstatus smoker pregnancystatus
    insurancetype intubated survival wenticu icu inicu temperature leukocytecount bodypartthickness`,
  sex: 'sex gender patientsex patientgender',
  age: 'age ageapprox patientage',
  device: `
    manufacturer model manufacturermodelname device devicetype scanner softwareversions detectortype
    detectormanufacturername detectormanufacturermodelname dermoscopytype camera kvp exposure exposuretime
    xraytubecurrent exposureinuas filtertype grid focalspots distancesourcetodetector distancesourcetopatient
    relativexrayexposure sensitivity exposureindex`,
  picture: `
    view viewposition projection appa frontallateral laterality imagelaterality modality patientorientation
    patientposition position presentationintenttype bodypart bodypartexamined site anatomsitegeneralchallenge
    anatomsitegeneral localization followup source dataset collection rows columns width originalwidth
    originalheight bitsallocated bitsstored highbit frames pixelrepresentation samplesperpixel
    photometricinterpretation numberofframes pixelspacing polarity imagerpixelspacing pixelspacingx pixelspacingy
    windowcenter windowwidth voilutfunction transfersyntax transfersyntaxuid sopclassuid imagetype conversiontype
    lossyimagecompression burnedinannotation lossyimagecompressionratio lossyimagecompressionmethod
    patientidentityremoved rescaleslope rescaleintercept quality imagetypedermoscopy photometric issigned
    hasburnedinannotation islossy presentationintent`,
  answer: `
    label class target diagnosis diagnosis1 diagnosis2 diagnosis3 diagnosisconfirmtype dx finding findings
    findinglabels benignmalignant melanoma category groundtruth pathology nofinding enlargedcardiomediastinum
    cardiomegaly lungopacity lunglesion edema consolidation pneumonia atelectasis pneumothorax pleuraleffusion
    pleuralother fracture supportdevices effusion emphysema fibrosis hernia infiltration mass nodule
    pleuralthickening covid19`,
};

const classes: ReadonlyMap<string, IdentityClass> = new Map(
  Object.entries(attributes).flatMap(([kind, names]) =>
    listWords(names).map((name): [string, IdentityClass] => [name, kind as IdentityClass]),
  ),
);

/** The class of an attribute, whatever its spelling; undefined for one that is not known. */
export const findIdentityClass = (attribute: string): IdentityClass | undefined => classes.get(foldName(attribute));
